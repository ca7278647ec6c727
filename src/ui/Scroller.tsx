import type { ReactNode } from 'react';

/** What may be wider than its place: it scrolls there, by keys too. */
export function Scroller(props: {
  readonly label: string;
  readonly className?: string;
  readonly children: ReactNode;
}) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a group of a form is not meant
    <div
      className={props.className ?? 'scroller'}
      role="group"
      aria-label={props.label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: only what has the focus scrolls by keys
      tabIndex={0}
    >
      {props.children}
    </div>
  );
}
