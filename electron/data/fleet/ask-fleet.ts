import { AppError, toErrorData } from '#shared/domain/errors.ts';
import { mayReadFleet } from '#shared/domain/roles.ts';
import type { FleetAnswer, FleetQuestionOutput } from '#shared/protocol/fleet.ts';
import type { Register } from '../register.ts';
import type { Endpoint } from '../replication/endpoint.ts';

/** Milliseconds in which somebody who looks at a screen expects an answer. */
const PATIENCE = 20_000;

/** The desktops as the endpoint knows them (SPEC E5). Nothing of it is kept longer than this process lives. */
export class FleetQuestion {
  readonly #register: Register;
  readonly #endpoint: Endpoint;
  #last: { readonly fleet: FleetAnswer; readonly askedAt: string } | undefined;

  constructor(register: Register, endpoint: Endpoint) {
    this.#register = register;
    this.#endpoint = endpoint;
  }

  /** Throws `COMMAND_NOT_ENROLLED`, `COMMAND_FORBIDDEN`. An endpoint that does not answer is a part of the answer. */
  async ask(): Promise<FleetQuestionOutput['getFleet']> {
    const { person } = this.#register.identity.require();
    if (!mayReadFleet(person.role))
      throw new AppError('COMMAND_FORBIDDEN', `role ${person.role} may not see the desktops`);
    const credentials = this.#register.identity.credentials();
    if (!credentials) throw new AppError('COMMAND_NOT_ENROLLED', 'This desktop is not enrolled with an endpoint yet');
    try {
      const fleet = await this.#endpoint.fleet(credentials, AbortSignal.timeout(PATIENCE));
      this.#last = { fleet, askedAt: this.#register.instant() };
      return this.#last;
    } catch (error) {
      return { ...this.#last, trouble: toErrorData(error) };
    }
  }
}
