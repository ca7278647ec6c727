import { type RefCallback, useCallback, useState } from 'react';

/** A ref to put on an element, and whether the element has been on screen since. */
export function useWasInView(): readonly [RefCallback<HTMLElement>, boolean] {
  const [wasSeen, setWasSeen] = useState(false);
  const ref = useCallback((element: HTMLElement | null) => {
    if (element === null) return;
    const observer = new IntersectionObserver((entries) => {
      if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
      setWasSeen(true);
      observer.disconnect();
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return [ref, wasSeen];
}
