import DomainDifferences from '../views/domain-differences/index.tsx';
import DomainExamples from '../views/domain-examples/index.tsx';
import DomainMaps from '../views/domain-maps/index.tsx';
import { PairMap } from '../views/domain-maps/PairMap.tsx';
import DomainProjection from '../views/domain-projection/index.tsx';
import DomainSummary from '../views/domain-summary/index.tsx';
import DomainWeights from '../views/domain-weights/index.tsx';
import { DomainBar } from './DomainBar.tsx';
import { Guard } from './Guard.tsx';

/** What was found in the sets: the answer first, then the pictures and numbers behind it. */
export function DomainResults() {
  return (
    <>
      <DomainBar />
      <Guard>
        <DomainSummary picture={<PairMap />} report={null} />
      </Guard>
      <Guard>
        <DomainMaps />
      </Guard>
      <Guard>
        <DomainDifferences />
      </Guard>
      <div className="result-columns">
        <Guard>
          <DomainWeights />
        </Guard>
        <Guard>
          <DomainProjection />
        </Guard>
      </div>
      <Guard>
        <DomainExamples />
      </Guard>
    </>
  );
}
