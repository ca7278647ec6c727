import { useState } from 'react';

/** Asks once more before something is gone; looking elsewhere takes the question back. */
export function SureButton(props: {
  readonly label: string;
  /** What is shown where it differs from the spoken label. */
  readonly short?: string;
  readonly question: string;
  readonly onSure: () => void;
}) {
  const [isAsking, setIsAsking] = useState(false);
  return (
    <button
      type="button"
      className={isAsking ? 'chip sure' : 'chip'}
      aria-label={isAsking ? `${props.question} (${props.label})` : props.label}
      onBlur={() => setIsAsking(false)}
      onClick={() => {
        if (isAsking) props.onSure();
        setIsAsking(!isAsking);
      }}
    >
      {isAsking ? props.question : (props.short ?? props.label)}
    </button>
  );
}
