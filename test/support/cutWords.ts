import type { Page } from 'playwright-core';

/**
 * What does not fit on a page as it stands, a line each: words and buttons that are cut off without a tooltip that says
 * them whole, buttons that lie over one another, and whatever would have to be scrolled sideways.
 */
export function cutWords(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    /** Rounding of layout, in CSS pixels. */
    const SLACK = 1;
    const findings: string[] = [];
    const nameOf = (element: Element) => {
      const words = (element.getAttribute('aria-label') ?? element.textContent).trim().slice(0, 60);
      return `${element.tagName.toLowerCase()}${[...element.classList].map((name) => `.${name}`).join('')} “${words}”`;
    };
    const shown = (element: Element) =>
      element.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true }) &&
      element.closest('.unseen') === null;

    /** The first ancestor that cuts off what stands in a place of it. */
    const cutBy = (element: Element, place: DOMRect): Element | undefined => {
      let scrolls = false;
      for (let around: Element | null = element; around !== null; around = around.parentElement) {
        const { overflowX, overflowY } = getComputedStyle(around);
        const edge = around.getBoundingClientRect();
        const cuts = (overflow: string) => overflow === 'hidden' || overflow === 'clip';
        if (cuts(overflowX) && (place.left < edge.left - SLACK || place.right > edge.right + SLACK))
          return around;
        if (overflowY === 'auto' || overflowY === 'scroll') scrolls = true;
        if (
          !scrolls &&
          cuts(overflowY) &&
          (place.top < edge.top - SLACK || place.bottom > edge.bottom + SLACK)
        )
          return around;
      }
      return place.right > innerWidth + SLACK || place.left < -SLACK ? document.documentElement : undefined;
    };

    const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (words.nextNode() !== null) {
      const element = words.currentNode.parentElement;
      if (element === null || words.currentNode.textContent?.trim() === '' || !shown(element)) continue;
      const range = document.createRange();
      range.selectNodeContents(words.currentNode);
      const place = range.getBoundingClientRect();
      if (place.width === 0) continue;
      const cut = cutBy(element, place);
      const tooltip = element.closest('[title]')?.getAttribute('title') ?? '';
      if (cut !== undefined && !tooltip.includes(words.currentNode.textContent?.trim() ?? ''))
        findings.push(`cut: ${nameOf(element)}`);
    }

    /** The part of a control that scrolling has not taken out of sight; `undefined`: none. */
    const seenPart = (control: Element) => {
      let { left, right, top, bottom } = control.getBoundingClientRect();
      for (let around = control.parentElement; around !== null; around = around.parentElement) {
        if (getComputedStyle(around).overflowY === 'visible') continue;
        const edge = around.getBoundingClientRect();
        [left, right] = [Math.max(left, edge.left), Math.min(right, edge.right)];
        [top, bottom] = [Math.max(top, edge.top), Math.min(bottom, edge.bottom)];
      }
      return right - left > SLACK && bottom - top > SLACK ? { control, left, right, top, bottom } : undefined;
    };
    const controls = [...document.querySelectorAll('button, select, input, summary, a')].filter(shown);
    for (const control of controls) {
      if (cutBy(control, control.getBoundingClientRect()) !== undefined)
        findings.push(`cut: ${nameOf(control)}`);
      const tooWide = control.tagName === 'BUTTON' && control.scrollWidth > control.clientWidth + SLACK;
      if (tooWide && !control.hasAttribute('title')) findings.push(`too wide: ${nameOf(control)}`);
    }
    // What stays in sight while the rest scrolls lies over that on purpose.
    const parts = controls.filter((control) => control.closest('.settings-head') === null).map(seenPart);
    parts.forEach((one, index) => {
      for (const other of parts.slice(index + 1)) {
        if (one === undefined || other === undefined) continue;
        const across = Math.min(one.right, other.right) - Math.max(one.left, other.left);
        const down = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top);
        if (across > SLACK && down > SLACK)
          findings.push(`overlap: ${nameOf(one.control)} and ${nameOf(other.control)}`);
      }
    });

    for (const element of document.querySelectorAll('*')) {
      const { overflowX } = getComputedStyle(element);
      const isRoot = element === document.documentElement;
      if (!isRoot && overflowX !== 'auto' && overflowX !== 'scroll') continue;
      if (element.scrollWidth > element.clientWidth + SLACK)
        findings.push(`scrolls sideways: ${nameOf(element)}`);
    }
    return findings;
  });
}
