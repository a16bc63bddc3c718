import { createHash } from 'node:crypto';

/** The look of the pages behind an invite link. The colours are those of the app (`renderer/tokens.css`). */
export const JOIN_STYLE = `
:root {
  color-scheme: light dark;
  --surface: #f7f8fa;
  --raised: #ffffff;
  --line: #dfe1e5;
  --text: #1f2329;
  --text-muted: #5a5d63;
  --accent: #3574f0;
  --primary: #2e68da;
  --on-primary: #ffffff;
  --danger: #c7222d;
}
@media (prefers-color-scheme: dark) {
  :root {
    --surface: #1e1f22;
    --raised: #2b2d30;
    --line: #43454a;
    --text: #dfe1e5;
    --text-muted: #9da0a8;
    --accent: #548af7;
    --primary: #548af7;
    --on-primary: #10131a;
    --danger: #e57373;
  }
}
* {
  box-sizing: border-box;
}
body {
  margin: 0;
  min-height: 100vh;
  display: flex;
  flex-direction: column;
  align-items: center;
  justify-content: center;
  gap: 16px;
  padding: 16px;
  background: var(--surface);
  color: var(--text);
  font: 1rem/1.5 system-ui, sans-serif;
}
main {
  width: 100%;
  max-width: 26rem;
  padding: 24px;
  background: var(--raised);
  border: 1px solid var(--line);
  border-radius: 6px;
  overflow-wrap: anywhere;
}
h1 {
  margin: 0 0 4px;
  font-size: 1.25rem;
  line-height: 1.3;
}
p {
  margin: 0;
}
.brand {
  margin-bottom: 16px;
  color: var(--text-muted);
  font-size: 0.875rem;
  font-weight: 600;
}
.muted {
  color: var(--text-muted);
  font-size: 0.875rem;
}
.action {
  display: block;
  width: 100%;
  min-height: 40px;
  padding: 8px 12px;
  border: 1px solid var(--line);
  border-radius: 6px;
  background: transparent;
  color: var(--text);
  font: inherit;
  font-weight: 600;
  line-height: 22px;
  text-align: center;
  text-decoration: none;
  cursor: pointer;
}
.action.primary {
  margin: 20px 0 8px;
  border-color: var(--primary);
  background: var(--primary);
  color: var(--on-primary);
}
form {
  display: grid;
  gap: 8px;
  margin-top: 20px;
  padding-top: 20px;
  border-top: 1px solid var(--line);
}
label {
  font-weight: 600;
}
input {
  width: 100%;
  min-height: 40px;
  padding: 8px;
  border: 1px solid var(--text-muted);
  border-radius: 6px;
  background: var(--surface);
  color: var(--text);
  font: inherit;
}
input[aria-invalid] {
  border-color: var(--danger);
}
.error {
  color: var(--danger);
  font-size: 0.875rem;
}
nav ul {
  display: flex;
  flex-wrap: wrap;
  justify-content: center;
  gap: 4px 16px;
  margin: 0;
  padding: 0;
  list-style: none;
}
nav a {
  display: inline-block;
  min-height: 28px;
  color: var(--text-muted);
  font-size: 0.875rem;
}
nav a[aria-current] {
  color: var(--text);
  font-weight: 600;
  text-decoration: none;
}
:focus-visible {
  outline: 2px solid var(--accent);
  outline-offset: 2px;
}
`;

const STYLE_HASH = createHash('sha256').update(JOIN_STYLE).digest('base64');

/**
 * Content-Security-Policy of the pages: this style, no script, nothing from elsewhere. The form may lead to the lobby and
 * on to the deployment of the call, since browsers hold redirects of a form against `form-action` as well.
 */
export function joinPolicy(deploymentUrl: string | undefined): string {
  const targets = deploymentUrl === undefined ? "'none'" : `'self' ${new URL(deploymentUrl).origin}`;
  return [
    "default-src 'none'",
    `style-src 'sha256-${STYLE_HASH}'`,
    `form-action ${targets}`,
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}
