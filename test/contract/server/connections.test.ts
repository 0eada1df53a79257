import { DATABASES } from '../../support/endpoint-database.ts';

/** Only a real server has connections that can be lost. */
describe.each(DATABASES.filter(({ name }) => name === 'PostgreSQL'))('connections over $name', (database) => {
  it('S3: a connection lost in the middle of a transaction fails that transaction, and the endpoint goes on', async () => {
    const opened = await database.open();
    const escaped: unknown[] = [];
    const note = (error: unknown) => escaped.push(error);
    process.on('uncaughtException', note);
    const lost = opened.transaction(async (connection) => {
      const [own] = await connection.query('select pg_backend_pid() as pid');
      await opened.transaction((other) => other.query('select pg_terminate_backend($1)', [own?.pid]));
      await connection.query('select 1');
    });
    await expect(lost).rejects.toThrow();
    expect(await opened.transaction((connection) => connection.query('select 1 as one'))).toEqual([{ one: 1 }]);
    process.off('uncaughtException', note);
    expect(escaped).toEqual([]);
    await opened.close();
  });
});
