import { type ComponentType, StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { LANGUAGES } from '../shared/languages';
import { speak } from './i18n/speak';

/** Renders a page, in the language that its address asks for. */
export async function showPage(id: string, Page: ComponentType): Promise<void> {
  const asked = new URLSearchParams(location.search).get('lang');
  await speak(LANGUAGES.find((language) => language === asked) ?? 'en');
  const root = document.getElementById(id);
  if (root === null) return;
  createRoot(root).render(
    <StrictMode>
      <Page />
    </StrictMode>,
  );
}
