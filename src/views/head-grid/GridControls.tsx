import type { DisplayOptions, GridOrder } from '../../state/display-options.ts';
import { Choice, Pick } from '../../ui/Choice.tsx';
import { Pop } from '../../ui/Pop.tsx';
import { t } from './messages.ts';

const ORDERS: readonly GridOrder[] = [
  'layer',
  'role',
  'entropy',
  'distance',
  'first-token',
  'confidence',
];
const EXAMPLES = [
  'induction',
  'previous token',
  'entropy < 1',
  'first > .8',
  'distance > 10 and first < .3',
  'confidence > .7 and first < .5',
  'layer >= 20 and previous > .2',
] as const;

/** Order, filter with examples, and what a tile shows. */
export function GridControls(props: {
  readonly order: GridOrder;
  readonly filter: string;
  readonly isFilterRead: boolean;
  readonly pool: DisplayOptions['pool'];
  readonly onChange: (part: Partial<DisplayOptions>) => void;
}) {
  const { onChange } = props;
  return (
    <>
      <Pick
        label={t('order')}
        value={props.order}
        options={ORDERS.map((order) => [order, t(`order-${order}`)] as const)}
        onChange={(gridOrder) => onChange({ gridOrder })}
      />
      <span className="filter-box">
        <input
          className="filter"
          type="search"
          placeholder={t('filter')}
          aria-label={t('filterLabel')}
          aria-invalid={!props.isFilterRead}
          value={props.filter}
          onChange={(event) => onChange({ gridFilter: event.target.value })}
        />
        <Pop
          summary={
            <summary className="chip" aria-label={t('examples')} title={t('examples')}>
              {t('examplesShort')}
            </summary>
          }
          className="pop-body menu"
        >
          {(close) =>
            [...EXAMPLES, ...(props.filter === '' ? [] : [''])].map((gridFilter) => (
              <button
                key={gridFilter}
                type="button"
                className={gridFilter === '' ? undefined : 'mono'}
                onClick={() => {
                  close();
                  onChange({ gridFilter });
                }}
              >
                {gridFilter === '' ? t('clear') : gridFilter}
              </button>
            ))
          }
        </Pop>
      </span>
      <Choice
        label={t('pool')}
        value={props.pool}
        options={[
          ['max', t('max')],
          ['mean', t('mean')],
        ]}
        onChange={(pool) => onChange({ pool })}
      />
    </>
  );
}
