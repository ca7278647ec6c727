import { SceneFollower } from '../state/hooks.tsx';
import EntropyView from '../views/entropy/index.tsx';
import HeadCard from '../views/head-card/index.tsx';
import HeadGrid from '../views/head-grid/index.tsx';
import TextPanel from '../views/text-panel/index.tsx';
import TokenCard from '../views/token-card/index.tsx';
import TokenSources from '../views/token-sources/index.tsx';
import { DisplayBar } from './DisplayBar.tsx';
import { Guard } from './Guard.tsx';
import { HeadPanel } from './HeadPanel.tsx';
import './read-page.css';

/** The Read workspace: the text and all heads, the selected head, what is known of it and of a token. */
export function ReadPage() {
  return (
    <>
      <DisplayBar />
      <main className="read">
        <div className="column">
          <SceneFollower>
            <Guard>
              <TextPanel />
            </Guard>
          </SceneFollower>
          <Guard>
            <HeadGrid />
          </Guard>
          <SceneFollower>
            <Guard>
              <EntropyView />
            </Guard>
            <Guard>
              <TokenSources />
            </Guard>
          </SceneFollower>
        </div>
        <div className="column side">
          <Guard>
            <HeadPanel />
          </Guard>
          <div className="cards">
            <SceneFollower>
              <Guard>
                <HeadCard />
              </Guard>
              <Guard>
                <TokenCard />
              </Guard>
            </SceneFollower>
          </div>
        </div>
      </main>
    </>
  );
}
