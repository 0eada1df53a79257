import { Text } from '@mantine/core';
export function Shell() {
  return <Text>…</Text>;
}
