import { Button, Group, SegmentedControl, Text, TextInput } from '@mantine/core';
import { type SubmitEvent, useState } from 'react';
import { useLocation } from 'wouter';
import { HolderInput } from '../../components/holder-input.tsx';
import { paths } from '../../components/paths.ts';
import { Section } from '../../components/section.tsx';
import { useText } from '../../text/use-text.ts';

/** Looks up the history of a holder or of a room by its name. */
export function FollowForm() {
  const { t } = useText();
  const [, navigate] = useLocation();
  const [kind, setKind] = useState('holder');
  const [name, setName] = useState('');
  const isHolder = kind === 'holder';
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const typed = name.trim();
    if (typed) navigate(isHolder ? paths.holder(typed) : paths.room(typed));
  };
  return (
    <Section title={t('journal.follow.title')}>
      <Text fz="sm" c="dimmed" mb="sm">
        {t('journal.follow.text')}
      </Text>
      <form onSubmit={submit}>
        <Group align="end" gap="sm">
          <SegmentedControl
            aria-label={t('journal.follow.kind')}
            value={kind}
            onChange={setKind}
            data={[
              { value: 'holder', label: t('journal.follow.holder') },
              { value: 'room', label: t('journal.follow.room') },
            ]}
          />
          {isHolder ? (
            <HolderInput flex={1} maw={420} label={t('journal.follow.name')} value={name} onChange={setName} />
          ) : (
            <TextInput
              flex={1}
              maw={420}
              label={t('journal.follow.roomName')}
              maxLength={100}
              value={name}
              onChange={(event) => setName(event.currentTarget.value)}
            />
          )}
          <Button type="submit" disabled={!name.trim()}>
            {t('journal.follow.submit')}
          </Button>
        </Group>
      </form>
    </Section>
  );
}
