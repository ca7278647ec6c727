import AtlasCatalogue from '../views/atlas-catalogue/index.tsx';
import AtlasEvidence from '../views/atlas-evidence/index.tsx';
import AtlasHeads from '../views/atlas-heads/index.tsx';
import AtlasMap from '../views/atlas-map/index.tsx';
import CustomRole from '../views/custom-role/index.tsx';
import { Guard } from './Guard.tsx';
import './atlas-page.css';

/** The Atlas workspace: which heads of the loaded model have which role, with evidence. */
export function AtlasPage() {
  return (
    <main className="atlas">
      <div className="column">
        <Guard>
          <AtlasMap />
        </Guard>
        <Guard>
          <AtlasEvidence />
        </Guard>
        <Guard>
          <AtlasHeads />
        </Guard>
        <Guard>
          <CustomRole />
        </Guard>
      </div>
      <div className="column side">
        <Guard>
          <AtlasCatalogue />
        </Guard>
      </div>
    </main>
  );
}
