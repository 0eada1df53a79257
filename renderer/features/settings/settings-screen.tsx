import { Button, Group, SegmentedControl, Stack, Text, Title, useMantineColorScheme } from '@mantine/core';
import { IconLock } from '@tabler/icons-react';
import { Link } from 'wouter';
import { FieldList } from '../../components/field-list.tsx';
import { paths } from '../../components/paths.ts';
import { Section } from '../../components/section.tsx';
import { useDesktop } from '../../store/desktop.tsx';
import { useSession } from '../../store/session.tsx';
import { LANGUAGES } from '../../text/i18n.ts';
import { useText } from '../../text/use-text.ts';

const SCHEMES = ['light', 'dark', 'auto'] as const;

/** Who works here, on which desktop, and how it looks. */
export function SettingsScreen() {
  const { t } = useText();
  return (
    <Stack gap="md" maw={760} mx="auto">
      <Title order={1}>{t('settings.title')}</Title>
      <PersonSection />
      <DeviceSection />
      <DisplaySection />
      <SecuritySection />
    </Stack>
  );
}

function PersonSection() {
  const { t } = useText();
  const { identity } = useSession();
  return (
    <Section title={t('settings.person')}>
      {identity ? (
        <FieldList
          rows={[
            { label: t('settings.name'), value: identity.person.name },
            { label: t('settings.role'), value: t(`domain.role.${identity.person.role}`) },
            { label: t('settings.ministry'), value: `${identity.ministry.name} (${identity.ministry.acronym})` },
          ]}
        />
      ) : (
        <Group justify="space-between">
          <Text fz="sm">{t('settings.notEnrolled')}</Text>
          <Button component={Link} href={paths.enrolment} size="xs">
            {t('enrolment.title')}
          </Button>
        </Group>
      )}
    </Section>
  );
}

function DeviceSection() {
  const { t } = useText();
  const { info } = useDesktop();
  const { identity } = useSession();
  return (
    <Section title={t('settings.device')}>
      <FieldList
        rows={[
          ...(identity
            ? [
                { label: t('settings.deviceName'), value: identity.device.name },
                {
                  label: t('settings.deviceCode'),
                  value: `${identity.device.code} · ${t('settings.deviceCodeHint')}`,
                },
                { label: t('settings.server'), value: identity.server },
              ]
            : []),
          { label: t('settings.profile'), value: info.profile },
          { label: t('settings.version'), value: info.version },
        ]}
      />
    </Section>
  );
}

function DisplaySection() {
  const { t, language, setLanguage } = useText();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <Section title={t('settings.display')}>
      <Text fz="sm" c="dimmed" mb="sm">
        {t('settings.displayHint')}
      </Text>
      <Stack gap="sm">
        <Group justify="space-between">
          <Text fz="sm" id="settings-language">
            {t('shell.language')}
          </Text>
          <SegmentedControl
            aria-labelledby="settings-language"
            value={language}
            onChange={(value) => setLanguage(LANGUAGES.find((known) => known === value) ?? 'fr')}
            data={LANGUAGES.map((known) => ({ value: known, label: t(`settings.languages.${known}`) }))}
          />
        </Group>
        <Group justify="space-between">
          <Text fz="sm" id="settings-scheme">
            {t('shell.colourScheme.label')}
          </Text>
          <SegmentedControl
            aria-labelledby="settings-scheme"
            value={colorScheme}
            onChange={(value) => setColorScheme(SCHEMES.find((known) => known === value) ?? 'auto')}
            data={SCHEMES.map((scheme) => ({ value: scheme, label: t(`shell.colourScheme.${scheme}`) }))}
          />
        </Group>
      </Stack>
    </Section>
  );
}

function SecuritySection() {
  const { t } = useText();
  const { bridge } = useDesktop();
  return (
    <Section title={t('settings.security')}>
      <Group justify="space-between">
        <Text fz="sm">{t('settings.lockText')}</Text>
        <Button variant="default" leftSection={<IconLock size={17} />} onClick={() => void bridge.lock()}>
          {t('settings.lock')}
        </Button>
      </Group>
    </Section>
  );
}
