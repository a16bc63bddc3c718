/** `doctor` in its tests: the built program, a lobby that it knows, and a deployment that is played for it. */
import type { Check, Finding } from '../../lobby/tools/doctor/finding';
import type { Section } from '../../lobby/tools/doctor/report';
import {
  type Certificate,
  type CertificateAuthority,
  makeCertificateAuthority,
} from '../support/certificates';
import { type LobbyProcess, runLobby, startLobby } from '../support/lobbyProcess';
import { freePort } from '../support/servers';
import {
  type PlayedDeployment,
  type PlayedDeploymentOptions,
  startPlayedDeployment,
} from '../support/xmpp/deployment';

export class Examination {
  readonly authority: CertificateAuthority;
  readonly lobby: LobbyProcess;
  /** What `doctor` gets besides the deployment's address: the same as the lobby has. */
  readonly env: Readonly<Record<string, string>>;
  readonly #certificate: Certificate;
  #deployment: PlayedDeployment | undefined;

  constructor(authority: CertificateAuthority, certificate: Certificate, lobby: LobbyProcess) {
    this.authority = authority;
    this.lobby = lobby;
    this.#certificate = certificate;
    this.env = {
      JITSI_RSA_JWT_KEY_FILE: lobby.keyFile,
      LOBBY_ACCESS_TOKENS_FILE: lobby.accessTokensFile,
      LOBBY_PORT: new URL(lobby.url).port,
      NODE_EXTRA_CA_CERTS: authority.file,
    };
  }

  /** Plays a deployment that is as it should be, but for the options. */
  readonly play = async (options: Partial<PlayedDeploymentOptions> = {}): Promise<PlayedDeployment> => {
    const deployment = await startPlayedDeployment({
      asapKeyServer: `${this.lobby.url}/asap`,
      certificate: this.#certificate,
      ...options,
    });
    this.#deployment = deployment;
    return deployment;
  };

  /** Runs the built program; `JITSI_URL` is the deployment's address unless said otherwise. */
  readonly doctor = async (extra: Record<string, string> = {}) => {
    const { code, stdout, stderr } = await runLobby(['doctor', '--json'], {
      ...this.env,
      JITSI_URL: this.#deployment?.url ?? '',
      ...extra,
    });
    const { healthy, sections } = JSON.parse(stdout) as { healthy: boolean; sections: Section[] };
    const findings = sections.flatMap((section) => section.findings);
    const by = (result: Finding['result']) =>
      findings.filter((finding) => finding.result === result).map(({ check }) => check);
    const finding = (check: Check) => findings.find((one) => one.check === check);
    return {
      code,
      stderr,
      healthy,
      sections,
      failed: by('failed'),
      skipped: by('skipped'),
      warned: by('warning'),
      finding,
    };
  };

  /** The deployment is gone; another can be played. */
  async discharge(): Promise<void> {
    await this.#deployment?.stop();
    this.#deployment = undefined;
  }

  async stop(): Promise<void> {
    await this.lobby.stop();
    await this.authority.remove();
  }
}

export async function startExamination(): Promise<Examination> {
  const authority = await makeCertificateAuthority();
  const port = String(await freePort());
  const lobby = await startLobby({ jitsiUrl: 'https://127.0.0.1:1', env: { LOBBY_PORT: port } });
  return new Examination(authority, await authority.issue(), lobby);
}
