import { AppError } from '#shared/domain/errors.ts';
import type { Identity } from '#shared/protocol/data-port.ts';
import type { EnrolAnswer } from '#shared/protocol/replication.ts';
import { endpointKeys, keepEndpointKeys } from '../parcels/device-keys.ts';
import type { Register } from '../register.ts';
import type { Endpoint } from './endpoint.ts';
import { startOver } from './exchange.ts';
import type { KeyExchange } from './key-exchange.ts';
import { forgetUnanswered } from './unanswered-push.ts';

export type EnrolInput = { readonly server: string; readonly code: string; readonly deviceName: string };

/** After these another try with the same code and address is of no use. */
export const HOPELESS_ENROLMENTS: ReadonlySet<string> = new Set([
  'ENROLMENT_CODE_INVALID',
  'COMMAND_CONFLICT',
  'COMMAND_INVALID',
]);

type Options = { readonly register: Register; readonly endpoint: Endpoint; readonly keys: KeyExchange };

/** Makes this desktop one of a ministry, or of an endpoint that was set up anew (SPEC S10). */
export class Enrolment {
  readonly #options: Options;

  constructor(options: Options) {
    this.#options = options;
  }

  /** Throws `ENROLMENT_CODE_INVALID`, or `COMMAND_CONFLICT` where this desktop holds the rows of another ministry. */
  async enrol(input: EnrolInput, signal: AbortSignal): Promise<Identity> {
    const { register, endpoint, keys } = this.#options;
    const secret = register.identity.enrolmentSecret();
    const own = await keys.ownKeys();
    const answer = await endpoint.enrol({ ...input, secret, keys: own }, signal);
    return register.transaction(() => adopt(register, answer, input.server));
  }
}

function adopt(register: Register, answer: EnrolAnswer, server: string): Identity {
  const before = register.identity.get();
  if (before && before.ministry.id !== answer.ministry.id) {
    throw new AppError('COMMAND_CONFLICT', 'This register belongs to another ministry', { action: 'contact' });
  }
  // A device that is enrolled anew may meet an endpoint that was set up anew.
  if (before) {
    startOver(register);
    forgetUnanswered(register.meta);
    // Sequences of another endpoint say nothing of this one's.
    if (endpointKeys(register)?.signing !== answer.endpointKeys?.signing) register.waiting.forgetReceipts();
  }
  const { endpointKeys: keys, ...identity } = answer;
  if (keys) keepEndpointKeys(register, keys);
  return register.identity.save(identity, server);
}
