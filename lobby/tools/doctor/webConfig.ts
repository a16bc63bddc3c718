import {
  type AnyNode,
  type Expression,
  type MemberExpression,
  type Pattern,
  type Program,
  parse,
} from 'acorn';

/** What Jitsi's `config.js` says of the way to its XMPP server. */
export interface WebConfig {
  /** `hosts.domain`: the XMPP domain that members log in at. */
  domain: string | undefined;
  /** `hosts.muc`: the domain of the rooms. */
  muc: string | undefined;
  /** `hosts.anonymousdomain`: where guests log in without a token. */
  guestDomain: string | undefined;
  /** As written: may be relative to the page. */
  bosh: string | undefined;
  websocket: string | undefined;
}

export type WebConfigResult = { ok: true; config: WebConfig } | { ok: false; fault: string };

/** A value that can be known without running the program. */
type Known = string | number | boolean | Fields;
type Fields = Map<string, Known | undefined>;

/** nginx fills these in when it serves the file; whoever reads it bare sees them (jitsi-meet's `ssi on`). */
const SERVER_SIDE_INCLUDE = /<!--#.*?-->/gs;
const DEPTH_MAX = 64;

/**
 * Reads `config.js` without running it: it is a program of the deployment's, so of somebody else's, and `node:vm` is no
 * border against hostile code. A parser, not regular expressions, because the file is full of comments that look like
 * settings. Followed are declarations and assignments of literals, objects and joined texts at the top level, which
 * is what Jitsi's packages write; conditions and functions are passed over.
 */
export function readWebConfig(text: string): WebConfigResult {
  let program: Program;
  try {
    program = parse(text, { ecmaVersion: 'latest', sourceType: 'script' });
  } catch (error) {
    return { ok: false, fault: `it is no JavaScript: ${(error as Error).message}` };
  }
  const variables: Fields = new Map();
  for (const statement of program.body) {
    if (statement.type === 'VariableDeclaration') {
      for (const { id, init } of statement.declarations) {
        if (id.type === 'Identifier' && init) variables.set(id.name, valueOf(init, variables, 0));
      }
    } else if (
      statement.type === 'ExpressionStatement' &&
      statement.expression.type === 'AssignmentExpression'
    ) {
      const { left, right, operator } = statement.expression;
      if (operator === '=') assign(left, valueOf(right, variables, 0), variables);
    }
  }
  const config = variables.get('config');
  if (!(config instanceof Map)) return { ok: false, fault: 'it sets no variable config' };
  const hosts = config.get('hosts');
  const host = (name: string) => textOf(hosts instanceof Map ? hosts.get(name) : undefined);
  return {
    ok: true,
    config: {
      domain: host('domain'),
      muc: host('muc'),
      guestDomain: host('anonymousdomain'),
      bosh: textOf(config.get('bosh')),
      websocket: textOf(config.get('websocket')),
    },
  };
}

function textOf(value: Known | undefined): string | undefined {
  if (typeof value !== 'string') return undefined;
  const text = value.replaceAll(SERVER_SIDE_INCLUDE, '').replaceAll(/\s/g, '');
  return text === '' ? undefined : text;
}

function valueOf(node: Expression | AnyNode, variables: Fields, depth: number): Known | undefined {
  if (depth > DEPTH_MAX) return undefined;
  const inside = (inner: Expression | AnyNode) => valueOf(inner, variables, depth + 1);
  switch (node.type) {
    case 'Literal':
      return typeof node.value === 'string' ||
        typeof node.value === 'number' ||
        typeof node.value === 'boolean'
        ? node.value
        : undefined;
    case 'Identifier':
      return variables.get(node.name);
    case 'MemberExpression': {
      const object = inside(node.object);
      const name = memberName(node);
      return object instanceof Map && name !== undefined ? object.get(name) : undefined;
    }
    case 'TemplateLiteral':
      return node.quasis
        .map(({ value }, index) => {
          const expression = node.expressions[index];
          return `${value.cooked ?? ''}${expression ? joined(inside(expression)) : ''}`;
        })
        .join('');
    case 'BinaryExpression': {
      if (node.operator !== '+') return undefined;
      const [left, right] = [inside(node.left), inside(node.right)];
      return typeof left === 'string' || typeof right === 'string' ? joined(left) + joined(right) : undefined;
    }
    case 'ObjectExpression': {
      const fields: Fields = new Map();
      for (const property of node.properties) {
        if (property.type !== 'Property' || property.kind !== 'init' || property.computed) continue;
        const { key, value } = property;
        if (key.type === 'Identifier') fields.set(key.name, inside(value));
        else if (key.type === 'Literal') fields.set(String(key.value), inside(value));
      }
      return fields;
    }
    default:
      return undefined;
  }
}

/** What cannot be known counts as an empty text: in Jitsi's files those are the parts for a tenant. */
const joined = (value: Known | undefined) =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : '';

function assign(target: Pattern, value: Known | undefined, variables: Fields): void {
  const path = pathOf(target) ?? [];
  const last = path.pop();
  if (last === undefined) return;
  let fields = variables;
  for (const name of path) {
    let inner = fields.get(name);
    // docker-jitsi-meet makes `config.hosts` under a condition, which is not followed here.
    if (!(inner instanceof Map)) fields.set(name, (inner = new Map()));
    fields = inner;
  }
  fields.set(last, value);
}

/** `config.hosts.domain` as its parts. */
function pathOf(node: AnyNode): string[] | undefined {
  const parts: string[] = [];
  let at = node;
  while (at.type === 'MemberExpression') {
    const name = memberName(at);
    if (name === undefined || parts.length > DEPTH_MAX) return undefined;
    parts.unshift(name);
    at = at.object;
  }
  return at.type === 'Identifier' ? [at.name, ...parts] : undefined;
}

function memberName({ property, computed }: MemberExpression): string | undefined {
  if (!computed) return property.type === 'Identifier' ? property.name : undefined;
  return property.type === 'Literal' && typeof property.value === 'string' ? property.value : undefined;
}
