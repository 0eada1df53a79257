import { randomBytes } from 'node:crypto';
import { type Static, Type } from 'typebox';
import { Value } from 'typebox/value';
import { AppError } from '#shared/domain/errors.ts';
import { isAllowed, type Permission } from '#shared/domain/roles.ts';
import type { Identity } from '#shared/protocol/data-port.ts';
import { EnrolAnswer } from '#shared/protocol/replication.ts';
import type { Meta } from './meta.ts';

const KEY = 'enrolment';
const SECRET_KEY = 'enrolment.secret';

const Enrolment = Type.Object({ ...EnrolAnswer.properties, server: Type.String() });
type Enrolment = Static<typeof Enrolment>;

/** Who this desktop works for, as the endpoint said at enrolment. The token stays in the encrypted file. */
export class IdentityStore {
  readonly #meta: Meta;
  #enrolment: Enrolment | undefined;

  constructor(meta: Meta) {
    this.#meta = meta;
    const stored = meta.get(KEY);
    if (Value.Check(Enrolment, stored)) this.#enrolment = stored;
  }

  get(): Identity | null {
    if (!this.#enrolment) return null;
    const { ministry, person, device, server } = this.#enrolment;
    return { ministry, person, device, server };
  }

  /** Throws `COMMAND_NOT_ENROLLED`. */
  require(): Identity {
    const identity = this.get();
    if (!identity) throw new AppError('COMMAND_NOT_ENROLLED', 'This desktop is not enrolled with an endpoint yet');
    return identity;
  }

  /** The identity, when its role may do this (SPEC A7). Throws `COMMAND_FORBIDDEN` or `COMMAND_NOT_ENROLLED`. */
  authorise(permission: Permission): Identity {
    const identity = this.require();
    if (!isAllowed(identity.person.role, permission)) {
      throw new AppError('COMMAND_FORBIDDEN', 'The role does not allow this', {
        details: { permission, role: identity.person.role },
      });
    }
    return identity;
  }

  credentials(): { readonly server: string; readonly token: string } | undefined {
    return this.#enrolment && { server: this.#enrolment.server, token: this.#enrolment.token };
  }

  /**
   * What this desktop proves itself with when the answer to an enrolment was lost: the same until one has succeeded
   * (SPEC S10). 32 random bytes, base64url; on the disk before it is sent.
   */
  enrolmentSecret(): string {
    const kept = this.#meta.get(SECRET_KEY);
    if (typeof kept === 'string') return kept;
    const secret = randomBytes(32).toString('base64url');
    this.#meta.set(SECRET_KEY, secret);
    return secret;
  }

  save(answer: EnrolAnswer, server: string): Identity {
    this.#meta.set(SECRET_KEY, null);
    this.#keep({ ...answer, server });
    const { ministry, person, device } = answer;
    return { ministry, person, device, server };
  }

  /** The endpoint moved to another address; the device and its token stay. */
  moveTo(server: string): void {
    if (!this.#enrolment || this.#enrolment.server === server) return;
    this.#keep({ ...this.#enrolment, server });
  }

  /** Known to this process only once it is on the disk: an identity that a restart forgets must not sign anything. */
  #keep(enrolment: Enrolment): void {
    this.#meta.set(KEY, enrolment);
    this.#meta.onCommit(() => {
      this.#enrolment = enrolment;
    });
  }
}
