/** What is shipped beside the program holds together: unit, image, manifests. */
import { execFile } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { cp, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it, onTestFinished } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { z } from 'zod';
import { systemdUnit } from '../../../../lobby/tools/print/systemd';

const root = fileURLToPath(new URL('../../../../', import.meta.url));
const shipped = (name: string) => readFileSync(`${root}build/lobby/${name}`, 'utf8');

it('the shipped unit is the printed one, with its settings in a file', () => {
  const unit = shipped('parley-lobby.service').split('\n');
  expect(unit.filter((line) => line.startsWith('Environment'))).toEqual([
    'EnvironmentFile=/etc/parley-lobby/environment',
  ]);
  expect(unit.filter((line) => !line.startsWith('Environment')).join('\n')).toBe(systemdUnit({}));
});

describe('printed unit', () => {
  it('prints no secret', () => {
    const unit = systemdUnit({
      JWT_APP_SECRET: 'hunter2',
      LDAP_BINDPW: 'hunter3',
      REDIS_URL: 'redis://:hunter4@h',
    });
    expect(unit).not.toMatch(/hunter/);
    expect(unit).toContain('JWT_APP_SECRET_FILE');
    expect(systemdUnit({ JWT_APP_SECRET_FILE: '/x' })).toContain('Environment="JWT_APP_SECRET_FILE=/x"');
  });
});

it('the printed unit sets to nothing what is set to nothing and means something by it', () => {
  const unit = systemdUnit({ LDAP_BASE: '', LDAP_FILTER: '', LDAP_URL: 'ldaps://ldap.example.com' });
  const settings = unit.split('\n').filter((line) => line.startsWith('Environment='));
  expect(settings).toEqual(['Environment="LDAP_BASE="', 'Environment="LDAP_URL=ldaps://ldap.example.com"']);
});

describe('image', () => {
  const instructions = shipped('Dockerfile')
    .replaceAll('\\\n', ' ')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => line.split(/\s+/));
  const args = (name: string) => instructions.filter(([word]) => word === name).map(([, ...rest]) => rest);

  const copied = args('COPY').filter(([first]) => !first?.startsWith('--from='));

  it('copies what there is, and the builder is given no more', () => {
    const sources = copied.flatMap((names) => names.slice(0, -1));
    for (const source of sources) expect(existsSync(root + source), source).toBe(true);
    const allowed = shipped('Dockerfile.dockerignore')
      .match(/^!.+$/gm)
      ?.map((line) => line.slice(1));
    expect(allowed?.sort()).toEqual([...sources].sort());
  });

  it('is bundled from what is copied, and from nothing else', { timeout: 90_000 }, async () => {
    const source = await mkdtemp(join(tmpdir(), 'parley-image-'));
    onTestFinished(() => rm(source, { recursive: true }));
    for (const names of copied) {
      const target = names.at(-1) ?? '';
      if (target.startsWith('/')) continue;
      for (const name of names.slice(0, -1))
        await cp(root + name, join(source, target === './' ? name : target), { recursive: true });
    }
    // In place of "npm ci".
    await symlink(`${root}node_modules`, join(source, 'node_modules'));
    const [[program = '', ...command] = []] = args('RUN').filter((words) => words.includes('build:lobby'));
    await promisify(execFile)(program, command, { cwd: source });
    const [bundle = '', notices = ''] = args('COPY')
      .filter(([first]) => first === '--from=build')
      .map(([, built = '']) => built.replace('/source', source));
    const { stdout } = await promisify(execFile)(process.execPath, [bundle, '--version']);
    expect(stdout.trim()).toMatch(/^\d+\.\d+\.\d+$/);
    expect(readFileSync(notices, 'utf8')).toMatch(/^fastify \S+ \(MIT\)$/m);
  });

  it('holds the licences beside the program', () => {
    const beside = args('COPY').map((names) => names.at(-1));
    const folder = '/usr/local/lib/parley-lobby/';
    expect(beside.filter((target) => target?.startsWith(folder))).toEqual([
      `${folder}parley-lobby.cjs`,
      folder,
      `${folder}THIRD_PARTY_NOTICES.txt`,
    ]);
    expect(copied).toContainEqual(['LICENSE', folder]);
  });

  it('runs as nobody in particular, and says itself whether it is well', () => {
    expect(args('USER')).toEqual([['65532:65532']]);
    expect(args('HEALTHCHECK')[0]?.join(' ')).toContain('["parley-lobby", "health"]');
  });
});

const Named = z.object({
  apiVersion: z.string(),
  kind: z.string(),
  metadata: z.object({ name: z.string() }),
});
const Labels = z.record(z.string(), z.string());
const Container = z.object({
  image: z.string(),
  envFrom: z.array(z.object({ configMapRef: z.object({ name: z.string() }) })).default([]),
  securityContext: z.object({
    allowPrivilegeEscalation: z.literal(false),
    readOnlyRootFilesystem: z.literal(true),
    capabilities: z.object({ drop: z.tuple([z.literal('ALL')]) }),
  }),
  ports: z.array(z.object({ name: z.string() })),
  readinessProbe: z.object({}),
  livenessProbe: z.object({}),
});
const Deployment = Named.extend({
  spec: z.object({
    selector: z.object({ matchLabels: Labels }),
    template: z.object({
      metadata: z.object({ labels: Labels }),
      spec: z.object({
        automountServiceAccountToken: z.literal(false),
        securityContext: z.object({ runAsNonRoot: z.literal(true), runAsUser: z.number() }),
        containers: z.array(Container),
      }),
    }),
  }),
});
const Service = Named.extend({
  spec: z.object({ selector: Labels, ports: z.array(z.object({ targetPort: z.string() })) }),
});

describe('manifests', () => {
  const folder = `${root}build/lobby/kubernetes/`;
  const files = readdirSync(folder).filter((name) => name.endsWith('.yaml'));
  const all = files.flatMap((file) =>
    parseAllDocuments(readFileSync(folder + file, 'utf8')).map((document) => {
      // "strict" finds keys that stand twice.
      expect(document.errors, file).toEqual([]);
      return { file, manifest: document.toJS() as unknown };
    }),
  );
  const resources = all.filter(({ file }) => file !== 'kustomization.yaml').map(({ manifest }) => manifest);
  const ofKind = <T extends z.ZodType>(kind: string, schema: T): z.infer<T>[] =>
    resources.filter((one) => Named.parse(one).kind === kind).map((one) => schema.parse(one));

  it('are all applied, and each is of a kind and has a name', () => {
    const { resources: listed } = z
      .object({ resources: z.array(z.string()) })
      .parse(all.find(({ file }) => file === 'kustomization.yaml')?.manifest);
    expect([...listed, 'kustomization.yaml'].sort()).toEqual([...files].sort());
    for (const one of resources) expect(Named.safeParse(one).success).toBe(true);
  });

  it('run closed containers that the services find', () => {
    const deployments = ofKind('Deployment', Deployment);
    expect(deployments.map(({ metadata }) => metadata.name)).toEqual(['parley-lobby-limits', 'parley-lobby']);
    for (const { spec } of deployments) {
      expect(spec.template.metadata.labels).toMatchObject(spec.selector.matchLabels);
    }
    const services = ofKind('Service', Service);
    for (const { metadata, spec } of services) {
      const deployment = deployments.find((one) => one.metadata.name === metadata.name);
      expect(deployment?.spec.template.metadata.labels).toMatchObject(spec.selector);
      const ports = deployment?.spec.template.spec.containers.flatMap((container) => container.ports) ?? [];
      for (const { targetPort } of spec.ports) expect(ports.map(({ name }) => name)).toContain(targetPort);
    }
    expect(services).toHaveLength(2);
  });

  it("scale and are guarded by the lobby's own name", () => {
    const target = z.object({
      spec: z.object({ scaleTargetRef: z.object({ kind: z.string(), name: z.string() }) }),
    });
    expect(ofKind('HorizontalPodAutoscaler', target)[0]?.spec.scaleTargetRef).toEqual({
      kind: 'Deployment',
      name: 'parley-lobby',
    });
    const guarded = z.object({ spec: z.object({ selector: z.object({ matchLabels: Labels }) }) });
    expect(ofKind('PodDisruptionBudget', guarded)[0]?.spec.selector.matchLabels).toEqual({
      'app.kubernetes.io/name': 'parley-lobby',
    });
  });

  it('scale by a metric that the lobby has, once the adapter has its rule', () => {
    const read = (name: string): unknown => parse(readFileSync(`${folder}by-tokens/${name}`, 'utf8'));
    const Rule = z.object({
      seriesQuery: z.string(),
      name: z.object({ matches: z.string(), as: z.string() }),
    });
    const { rules } = z
      .object({ rules: z.object({ custom: z.tuple([Rule]) }) })
      .parse(read('prometheus-adapter.yaml'));
    const [{ seriesQuery, name }] = rules.custom;
    const [series = ''] = seriesQuery.split('{');
    expect(readFileSync(`${root}docs/operator.md`, 'utf8')).toContain(`| \`${series}\` `);
    const made = series.replace(new RegExp(name.matches), name.as.replace('${1}', '$1'));
    const { patches } = z
      .object({ patches: z.tuple([z.object({ patch: z.string() })]) })
      .parse(read('kustomization.yaml'));
    const value = { type: 'Pods', pods: { metric: { name: made } } };
    expect(parse(patches[0].patch)).toMatchObject([{ op: 'add', path: '/spec/metrics/-', value }]);
  });

  it('set variables that the guide of operators knows', () => {
    const guide = readFileSync(`${root}docs/operator.md`, 'utf8');
    const [settings] = ofKind('ConfigMap', z.object({ data: Labels }));
    const names = Object.keys(settings?.data ?? {});
    expect(names).toContain('JITSI_URL');
    // Else everybody would be counted, and logged, under the ingress controller's address.
    expect(settings?.data).toMatchObject({ LOBBY_TRUST_PROXY: '1' });
    for (const name of names) expect(guide).toContain(`| \`${name}\` |`);
  });
});
