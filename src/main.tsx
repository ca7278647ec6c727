import '@fontsource-variable/inter';
import '@fontsource-variable/jetbrains-mono';
import { createRoot } from 'react-dom/client';
import { App } from './app/App.tsx';
import { createPage } from './app/create-page.ts';
import { PageProviders } from './app/PageProviders.tsx';
import './ui/theme.css';

const page = createPage();
Object.assign(window, {
  __headlight: page.store,
  __library: page.library,
  __domains: page.domains,
  __atlas: page.atlas,
  __idle: () => page.whenIdle(),
});

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root');
createRoot(root).render(
  <PageProviders page={page}>
    <App linkProblems={page.linkProblems} linkParts={page.linkParts} />
  </PageProviders>,
);
