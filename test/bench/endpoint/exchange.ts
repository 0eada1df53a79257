import { type Agent, request } from 'node:http';
import { type ExchangeAnswer, PATHS, PROTOCOL_VERSION } from '#shared/protocol/replication.ts';
import { asRow, makeAsset } from '../../support/endpoint-documents.ts';
import type { BenchDevice } from './devices.ts';

let serial = 0;

/** The body of an exchange that pushes new assets of some 690 bytes each. */
export function makeBody(device: BenchDevice, rows: number): Buffer {
  const push = Array.from({ length: rows }, () => {
    serial += 1;
    return asRow('assets', makeAsset(device, { serialNumber: `BANC${String(serial).padStart(8, '0')}` }));
  });
  // What came before is not asked for: this measures pushes, and the first load has a bench of its own.
  return Buffer.from(JSON.stringify({ protocol: PROTOCOL_VERSION, checkpoint: { seq: 0 }, limit: 1, push }));
}

/** One exchange over a connection of `agent`. @throws Error when a row was not accepted */
export async function exchange(
  address: string,
  device: BenchDevice,
  body: Buffer,
  agent: Agent,
): Promise<ExchangeAnswer> {
  const { status, text } = await post(new URL(PATHS.exchange, address), device.token, body, agent);
  if (status !== 200) throw new Error(`${status}: ${text.slice(0, 200)}`);
  // The endpoint of this very build answers: its shape is not what is measured.
  const answer = JSON.parse(text) as ExchangeAnswer;
  const refused = answer.answers.find(({ outcome }) => outcome !== 'accepted');
  if (refused) throw new Error(`not accepted: ${JSON.stringify(refused).slice(0, 200)}`);
  return answer;
}

function post(url: URL, token: string, body: Buffer, agent: Agent): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const headers = {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      'content-length': body.length,
    };
    const asked = request(url, { method: 'POST', agent, headers }, (answer) => {
      const pieces: Buffer[] = [];
      answer.on('data', (piece: Buffer) => pieces.push(piece));
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, text: Buffer.concat(pieces).toString() }));
      answer.on('error', reject);
    });
    asked.on('error', reject);
    asked.end(body);
  });
}
