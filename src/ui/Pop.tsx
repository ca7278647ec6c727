import { type ReactNode, useRef, useState } from 'react';

/** Something that opens a small panel; what is in the panel is made only while it is open. */
export function Pop(props: {
  /** The `<summary>` that opens it. */
  readonly summary: ReactNode;
  readonly className?: string;
  /** Given a way to close the panel. */
  readonly children: (close: () => void) => ReactNode;
}) {
  const [isOpen, setIsOpen] = useState(false);
  const panel = useRef<HTMLDetailsElement>(null);
  const close = (): void => panel.current?.removeAttribute('open');
  return (
    <details ref={panel} className="pop" onToggle={(event) => setIsOpen(event.currentTarget.open)}>
      {props.summary}
      <div className={props.className ?? 'pop-body'}>{isOpen && props.children(close)}</div>
    </details>
  );
}

/** A small square chip with an icon that opens a panel; its label is spoken and shown on hover. */
export function IconSummary(props: { readonly icon: ReactNode; readonly label: string }) {
  return (
    <summary className="chip icon" title={props.label}>
      {props.icon}
      <span className="spoken">{props.label}</span>
    </summary>
  );
}
