const table = new Float32Array(65536);
let isFilled = false;

function decode(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

/** All 65,536 half-precision values by their bits; exact. */
export function float16Table(): Float32Array {
  if (!isFilled) {
    for (let bits = 0; bits < 65536; bits++) table[bits] = decode(bits);
    isFilled = true;
  }
  return table;
}
