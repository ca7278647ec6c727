import { useState } from 'react';
import DomainDifferences from '../views/domain-differences/index.tsx';
import DomainExamples from '../views/domain-examples/index.tsx';
import DomainMaps from '../views/domain-maps/index.tsx';
import { PairMap, usePairPainting } from '../views/domain-maps/PairMap.tsx';
import DomainProjection from '../views/domain-projection/index.tsx';
import { ReportMenu } from '../views/domain-report/ReportMenu.tsx';
import DomainSummary from '../views/domain-summary/index.tsx';
import DomainVariability from '../views/domain-variability/index.tsx';
import DomainWeights from '../views/domain-weights/index.tsx';
import PaperFigures from '../views/paper-figures/index.tsx';
import { DomainBar } from './DomainBar.tsx';
import { Guard } from './Guard.tsx';
import { useDomainReport } from './use-domain-report.ts';
import { usePaperFigures } from './use-paper-figures.ts';

/** What was found in the sets: the answer first, then the pictures and numbers behind it. */
export function DomainResults() {
  const [hasFigures, setHasFigures] = useState(false);
  const figures = usePaperFigures(hasFigures);
  const report = useDomainReport(figures, hasFigures, setHasFigures);
  const paintPicture = usePairPainting();
  return (
    <>
      <DomainBar />
      <Guard>
        <DomainSummary
          picture={<PairMap />}
          paintPicture={paintPicture}
          report={<ReportMenu onReport={report.onReport} />}
          reportNote={report.note}
        />
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
      <Guard>
        <DomainVariability />
      </Guard>
      <Guard>
        <PaperFigures
          figures={figures}
          isWanted={hasFigures}
          onMake={() => setHasFigures(true)}
          onCancel={() => setHasFigures(false)}
        />
      </Guard>
    </>
  );
}
