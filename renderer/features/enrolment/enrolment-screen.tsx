import { Alert, Anchor, Button, Group, Paper, Stack, Text, TextInput, Title } from '@mantine/core';
import { useForm } from '@mantine/form';
import { IconInfoCircle } from '@tabler/icons-react';
import { Link, useLocation } from 'wouter';
import { ErrorAlert } from '../../components/error-alert.tsx';
import { paths } from '../../components/paths.ts';
import { useNotify } from '../../components/use-notify.ts';
import { useSession } from '../../store/session.tsx';
import { useCommand } from '../../store/use-command.ts';
import { useText } from '../../text/use-text.ts';

/** Ties this desktop to its ministry with the address and the one-time code that the agency gave. */
export function EnrolmentScreen({ onLater }: { readonly onLater: () => void }) {
  const { t } = useText();
  const notify = useNotify();
  const { identity } = useSession();
  const [, navigate] = useLocation();
  const { run, isRunning, error } = useCommand('enrol');
  const form = useForm({
    initialValues: { server: '', code: '', deviceName: '' },
    validate: {
      server: (value) => (isAddress(value) ? null : t('enrolment.badServer')),
      code: (value) => (value.trim() ? null : t('domain.problem.required')),
      deviceName: (value) => (value.trim() ? null : t('domain.problem.required')),
    },
  });
  const submit = form.onSubmit(
    async ({ server, code, deviceName }) => {
      const answer = await run({
        server: server.trim(),
        code: code.trim(),
        deviceName: deviceName.trim(),
      });
      if (!answer) return;
      notify(t('enrolment.done', { ministry: answer.ministry.name }));
      navigate(paths.assets);
    },
    (errors) => form.getInputNode(Object.keys(errors)[0] ?? '')?.focus(),
  );
  return (
    <Stack gap="md" maw={560} mx="auto">
      <Title order={1}>{t('enrolment.title')}</Title>
      <Text c="dimmed">{t('enrolment.intro')}</Text>
      {identity && (
        <Alert icon={<IconInfoCircle />}>{t('enrolment.already', { ministry: identity.ministry.name })}</Alert>
      )}
      <Paper withBorder p="lg">
        <form onSubmit={submit} noValidate>
          <Stack gap="md">
            <TextInput
              label={t('enrolment.server')}
              description={t('enrolment.serverHint')}
              required
              maxLength={500}
              inputMode="url"
              spellCheck={false}
              key={form.key('server')}
              {...form.getInputProps('server')}
            />
            <TextInput
              label={t('enrolment.code')}
              required
              maxLength={40}
              spellCheck={false}
              key={form.key('code')}
              {...form.getInputProps('code')}
            />
            <TextInput
              label={t('enrolment.deviceName')}
              description={t('enrolment.deviceNameHint')}
              required
              maxLength={100}
              key={form.key('deviceName')}
              {...form.getInputProps('deviceName')}
            />
            <ErrorAlert error={error} />
            <Group justify="space-between" align="center">
              <Anchor component={Link} href={paths.assets} fz="sm" onClick={onLater}>
                {t('enrolment.later')}
              </Anchor>
              <Button type="submit" loading={isRunning}>
                {t('enrolment.submit')}
              </Button>
            </Group>
            {!identity && (
              <Text fz="xs" c="dimmed">
                {t('enrolment.laterText')}
              </Text>
            )}
          </Stack>
        </form>
      </Paper>
    </Stack>
  );
}

function isAddress(text: string): boolean {
  try {
    return /^https?:$/.test(new URL(text.trim()).protocol);
  } catch {
    return false;
  }
}
