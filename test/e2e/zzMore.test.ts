// @ts-nocheck
import { execFileSync } from 'node:child_process';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { startDesktop } from '../support/desktopApp';
import { startDeployment } from '../support/jitsi/deployment';
import { Guest } from '../support/jitsi/guest';
const shot = (name) => execFileSync('import', ['-window', 'root', '-trim', '+repage', `/tmp/w-audit/pics/${name}.png`]);
const log = (...a) => console.log('AUDIT', ...a.map((x) => typeof x === 'string' ? x : JSON.stringify(x)));
describe('more', () => {
  it('minimise, restart', async () => {
    const deployment = await startDeployment({ tokenRequired: false });
    let desktop = await startDesktop({ env: { PARLEY_FREE_URL: deployment.url } });
    const room = await desktop.startFreeCall();
    await desktop.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0].minimize());
    await desktop.shell.waitForTimeout(1500);
    log('minimised', await desktop.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().map((w) => [w.webContents.getURL(), w.isVisible(), w.isMinimized()])));
    await desktop.app.evaluate(({ BrowserWindow }) => { const w = BrowserWindow.getAllWindows().find((w) => w.webContents.getURL().includes('index')); w.restore(); w.show(); });
    await desktop.shell.waitForTimeout(800);
    log('restored', await desktop.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().map((w) => [w.webContents.getURL(), w.isVisible(), w.isMinimized()])));
    await desktop.button('Hide meeting').click();
    await desktop.shell.getByRole('heading', { name: 'People in the call' }).waitFor();
    await desktop.button('Settings').click();
    for (const n of [/small bar/, /Sound only/, /Begin muted/]) await desktop.shell.getByRole('checkbox', { name: n }).click();
    await desktop.shell.getByRole('combobox', { name: 'Microphone' }).selectOption('Fake Audio Input 2');
    await desktop.shell.getByRole('combobox', { name: 'Theme' }).selectOption('dark');
    await desktop.shell.waitForTimeout(500);
    await desktop.button('Done').click();
    await desktop.leave();
    const { profile } = desktop;
    await desktop.app.close();
    desktop = await startDesktop({ profile, env: { PARLEY_FREE_URL: deployment.url } });
    await desktop.button('Start voice call').click();
    await desktop.inCall();
    await desktop.microphoneMuted(true);
    log('hidden after restart', await desktop.shell.getByRole('heading', { name: 'People in the call' }).isVisible());
    await desktop.button('Settings').click();
    for (const n of [/small bar/, /Sound only/, /Begin muted/]) log(String(n), await desktop.shell.getByRole('checkbox', { name: n }).isChecked());
    log('mic', await desktop.shell.getByRole('combobox', { name: 'Microphone' }).evaluate((e) => e.selectedOptions[0].label));
    await desktop.button('Done').click();
    await desktop.leave();
    // keyboard only join
    await desktop.shell.keyboard.press('Control+J');
    await desktop.shell.waitForTimeout(300);
    log('focus', await desktop.shell.evaluate(() => document.activeElement?.outerHTML.slice(0, 80)));
    await desktop.shell.keyboard.type(room); await desktop.shell.keyboard.press('Enter');
    await desktop.inCall();
    await desktop.leave();
    for (const language of ['de', 'fr', 'es']) {
      await desktop.shell.evaluate((l) => window.parley.send('settings/change', { language: l }), language);
      await desktop.shell.locator(`html[lang=${language}]`).waitFor();
      await desktop.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0].setContentSize(400, 420));
      await desktop.shell.waitForTimeout(400);
      shot('idle-' + language);
      log(language, await desktop.shell.evaluate(() => { const t = document.querySelector('[role=toolbar]'); return [t.scrollWidth - t.clientWidth, [...t.querySelectorAll('button')].map((b) => b.ariaLabel)]; }));
    }
    await desktop.app.close(); await deployment.stop();
  }, 90000);
});
