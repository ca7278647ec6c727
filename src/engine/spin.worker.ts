/** Spins for a number of steps and says when it is done: a load for measuring how many cores are free. */
self.postMessage('ready');
self.addEventListener('message', ({ data }: MessageEvent<number>) => {
  let state = 1;
  for (let step = 0; step < data; step++) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
  }
  self.postMessage(state);
});
