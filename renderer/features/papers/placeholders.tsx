import { Button, Text } from '@mantine/core';
import { PLACEHOLDER_NAMES } from '#shared/papers/fields.ts';
import { Section } from '../../components/section.tsx';
import { useNotify } from '../../components/use-notify.ts';
import { useText } from '../../text/use-text.ts';
import classes from './papers.module.css';

/** What the wording may name between braces. */
export function Placeholders() {
  const { t } = useText();
  const notify = useNotify();
  const copy = async (name: string) => {
    await navigator.clipboard.writeText(name);
    notify(t('papers.template.copied', { name }));
  };
  return (
    <Section title={t('papers.template.placeholders')}>
      <Text fz="sm" c="dimmed" mb="xs">
        {t('papers.template.placeholdersHint')}
      </Text>
      <div className={classes.placeholders}>
        {PLACEHOLDER_NAMES.map((name) => (
          <Button key={name} size="compact-xs" variant="default" onClick={() => void copy(`{${name}}`)}>
            {`{${name}}`}
          </Button>
        ))}
      </div>
    </Section>
  );
}
