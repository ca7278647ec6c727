import { useEffect, useRef } from 'react';
import type { Painting } from './figure.ts';
import { useColorTheme } from './use-theme.ts';

/** A painting on the page that one only looks at; `label` says what it shows. */
export function StillPainting(props: { readonly painting: Painting; readonly label: string }) {
  const { painting, label } = props;
  const canvas = useRef<HTMLCanvasElement>(null);
  const theme = useColorTheme();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the painter reads the theme's colours itself
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!canvas.current || !context) return;
    const ratio = window.devicePixelRatio || 1;
    canvas.current.width = Math.max(1, Math.round(painting.width * ratio));
    canvas.current.height = Math.max(1, Math.round(painting.height * ratio));
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.textRendering = 'optimizeSpeed';
    painting.draw(context, painting.width, painting.height);
  }, [painting, theme]);
  return (
    <canvas
      ref={canvas}
      className="still"
      role="img"
      aria-label={label}
      style={{ width: painting.width, maxWidth: '100%', height: 'auto' }}
    />
  );
}
