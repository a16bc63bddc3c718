/** The part of eslint-plugin-jsx-a11y that eslint.config.mjs uses; the plugin brings no types. */
declare module 'eslint-plugin-jsx-a11y' {
  import type { Linter } from 'eslint';

  const plugin: { flatConfigs: Record<'recommended' | 'strict', Linter.Config> };
  export default plugin;
}
