import { useEffect, useRef } from 'react';
import { formatBytes } from '../../lib/format-number.ts';
import { endSentence } from '../../lib/messages.ts';
import type { HubVariant } from '../../protocol/library.ts';
import { getAdvice } from '../../state/error-advice.ts';
import type { ListingStatus } from '../../state/library-state.ts';
import { t } from './messages.ts';

/** What a hub's repository offers: one row a file (or set of files), with its size. */
export function HubListing(props: {
  readonly listing: ListingStatus;
  readonly isBusy: boolean;
  readonly onStop: () => void;
  readonly onFetch: (variant: HubVariant) => void;
}) {
  const { listing } = props;
  const end = useRef<HTMLTableElement>(null);
  // The answer may be below what is seen.
  useEffect(() => {
    if (listing.status === 'ready') end.current?.scrollIntoView({ block: 'nearest' });
  }, [listing.status]);
  if (listing.status === 'idle') return null;
  if (listing.status === 'asking') {
    const { host } = new URL(listing.request.hubUrl);
    return (
      <p role="status" className="buttons">
        {t('listing', { host })}
        <button type="button" className="chip" onClick={props.onStop}>
          {t('stop')}
        </button>
      </p>
    );
  }
  if (listing.status === 'failed') {
    return (
      <p className="bad" role="alert">
        {endSentence(listing.error.message)} {getAdvice(listing.error.code)}
      </p>
    );
  }
  const { variants, request } = listing.listing;
  return (
    <table ref={end} className="variants" data-readout="variants">
      <caption className="spoken">{t('variants', { repo: request.repo })}</caption>
      <thead>
        <tr>
          <th scope="col">{t('variant')}</th>
          <th scope="col">{t('size')}</th>
          <th scope="col">{t('file')}</th>
          <th scope="col">
            <span className="spoken">{t('get')}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {variants.map((variant) => {
          const { model, label, bytes, isReadable } = variant;
          const size = formatBytes(bytes);
          return (
            <tr key={`${model.name}/${label}/${model.files[0]?.url}`}>
              <td>{label}</td>
              <td className="number">{size}</td>
              <td className="file" title={model.name}>
                {isReadable ? model.name : t('unreadable')}
              </td>
              <td>
                <button
                  type="button"
                  className="chip"
                  disabled={!isReadable || props.isBusy}
                  aria-label={t('getNamed', { name: `${model.name} ${label}`, size })}
                  onClick={() => props.onFetch(variant)}
                >
                  {t('get')}
                </button>
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
