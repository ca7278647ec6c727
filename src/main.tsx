import '@fontsource-variable/inter';
import '@fontsource-variable/jetbrains-mono';
import { createRoot } from 'react-dom/client';
import { App } from './app/App.tsx';
import { createPageStore } from './app/create-page-store.ts';
import { StoreProvider } from './state/hooks.tsx';
import './ui/theme.css';

const { store, linkProblems } = createPageStore();
Object.assign(window, { __idle: store.whenIdle, __headlight: store });
store.actions.loadModel();

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root');
createRoot(root).render(
  <StoreProvider store={store}>
    <App linkProblems={linkProblems} />
  </StoreProvider>,
);
