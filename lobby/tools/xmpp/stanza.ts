import { SaxesParser } from 'saxes';

/** An XML element as XMPP knows it: no comments, no processing instructions (RFC 6120 section 11.1). */
export interface Stanza {
  /** Local name, without the prefix. */
  name: string;
  namespace: string;
  attributes: Readonly<Record<string, string>>;
  children: readonly Stanza[];
  /** The text directly in it. */
  text: string;
}

/** Deeper than any stanza that a login or a room's door answers with. */
const DEPTH_MAX = 32;

interface Open extends Stanza {
  children: Stanza[];
}

/** Reads one XML element; `undefined` when it is not well-formed, or nested beyond reason. */
export function parseStanza(xml: string): Stanza | undefined {
  const parser = new SaxesParser({ xmlns: true });
  const open: Open[] = [];
  const roots: Stanza[] = [];
  const faults: string[] = [];
  parser.on('error', ({ message }) => void faults.push(message));
  parser.on('doctype', () => void faults.push('a document type'));
  parser.on('opentag', (tag) => {
    const attributes = Object.fromEntries(
      Object.values(tag.attributes)
        .filter(({ prefix, local }) => prefix !== 'xmlns' && local !== 'xmlns')
        .map(({ name, value }) => [name, value]),
    );
    const element: Open = { name: tag.local, namespace: tag.uri, attributes, children: [], text: '' };
    open.at(-1)?.children.push(element);
    if (open.length === 0) roots.push(element);
    open.push(element);
    if (open.length > DEPTH_MAX) faults.push('too deep');
  });
  parser.on('text', (text) => {
    const element = open.at(-1);
    if (element !== undefined) element.text += text;
  });
  parser.on('closetag', () => void open.pop());
  try {
    parser.write(xml).close();
  } catch {
    return undefined;
  }
  return faults.length > 0 ? undefined : roots[0];
}

/** The first child of that name, and of that namespace if one is given. */
export function childOf(
  stanza: Stanza | undefined,
  name: string | undefined,
  namespace?: string,
): Stanza | undefined {
  return stanza?.children.find(
    (child) =>
      (name === undefined || child.name === name) &&
      (namespace === undefined || child.namespace === namespace),
  );
}

/** Text for an attribute or an element's content. */
export function escapeXml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
