import type { JSHandle, Page } from '@playwright/test';
import type {
  CommandInput,
  CommandName,
  CommandOutput,
  PortAnswer,
  QuestionInput,
  QuestionName,
  QuestionOutput,
} from '#shared/protocol/data-port.ts';

type Ask = (kind: 'command' | 'question', name: string, input: unknown) => Promise<unknown>;

/**
 * What a screen asks of the data process, over a port that the page got as its screens did: for acts that are too many to be
 * clicked.
 */
export class PagePort {
  readonly #ask: JSHandle<Ask>;

  private constructor(ask: JSHandle<Ask>) {
    this.#ask = ask;
  }

  static async open(page: Page): Promise<PagePort> {
    return new PagePort(await page.evaluateHandle(openInPage));
  }

  command<Name extends CommandName>(name: Name, input: CommandInput<Name>): Promise<CommandOutput[Name]> {
    return this.#request('command', name, input);
  }

  question<Name extends QuestionName>(name: Name, input: QuestionInput<Name>): Promise<QuestionOutput[Name]> {
    return this.#request('question', name, input);
  }

  async #request<Output>(kind: 'command' | 'question', name: string, input: unknown): Promise<Output> {
    const answer = await this.#ask.evaluate((ask, [a, b, c]) => ask(a, b, c), [kind, name, input] as const);
    // The data process answers what the protocol says for this name.
    return answer as Output;
  }
}

/** Runs in the page. */
async function openInPage(): Promise<Ask> {
  const nonce = crypto.randomUUID();
  const port = await new Promise<MessagePort>((resolve) => {
    window.addEventListener('message', ({ data, ports: [given] }) => {
      if (given && data?.nonce === nonce) resolve(given);
    });
    // The bridge that `preload` exposes.
    Reflect.get(window, 'desktop').openDataPort(nonce);
  });
  const pending = new Map<number, (answer: PortAnswer) => void>();
  let last = 0;
  port.onmessage = ({ data }) => pending.get(data.id)?.(data);
  return async (kind, name, input) => {
    last += 1;
    const id = last;
    const answer = await new Promise<PortAnswer>((resolve) => {
      pending.set(id, resolve);
      port.postMessage({ id, kind, name, input });
    });
    pending.delete(id);
    if (answer.ok) return answer.value;
    throw new Error(`${answer.error.code}: ${answer.error.message}`);
  };
}
