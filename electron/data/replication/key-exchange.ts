import { deviceKeysRequest, devicePublicKeys, endpointKeys, keepEndpointKeys } from '../parcels/device-keys.ts';
import type { Register } from '../register.ts';
import type { Credentials, Endpoint } from './endpoint.ts';

/**
 * Tells the endpoint this device's keys and keeps the endpoint's, for a device that was enrolled before there were any.
 * Once per start: an endpoint that knows nothing of keys is not asked at every exchange.
 */
export class KeyExchange {
  readonly #register: Register;
  readonly #endpoint: Endpoint;
  #isTried = false;

  constructor(register: Register, endpoint: Endpoint) {
    this.#register = register;
    this.#endpoint = endpoint;
  }

  async exchange(credentials: Credentials, signal: AbortSignal): Promise<void> {
    if (this.#isTried || endpointKeys(this.#register)) return;
    this.#isTried = true;
    try {
      const request = await deviceKeysRequest(this.#register);
      const { endpointKeys: keys } = await this.#endpoint.tellKeys(credentials, request, signal);
      if (!signal.aborted) this.#register.transaction(() => keepEndpointKeys(this.#register, keys));
    } catch {
      // Rows are exchanged without them; the next start tries again.
    }
  }

  ownKeys(): ReturnType<typeof devicePublicKeys> {
    return devicePublicKeys(this.#register);
  }
}
