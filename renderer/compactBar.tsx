import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { text } from './i18n/text';
import { CompactBar } from './parts/CompactBar';

const root = document.getElementById('bar');
if (root !== null) {
  createRoot(root).render(
    <StrictMode>
      <main>
        <h1 className="unseen">{text('bar.name')}</h1>
        <CompactBar systemDrags={location.search === '?drag=system'} />
      </main>
    </StrictMode>,
  );
}
