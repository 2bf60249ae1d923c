// What this program keeps on this computer and where; and the way to remove all of it.
import { Button, makeStyles, tokens } from '@fluentui/react-components'
import { DeleteRegular } from '@fluentui/react-icons'
import { useState } from 'react'
import type { Kept } from '../../../shared/contract/settings.ts'
import { counted, size } from '../../words.ts'
import { Card } from '../Card.tsx'
import { RemoveDialog } from './RemoveDialog.tsx'

const useStyles = makeStyles({
  facts: {
    display: 'grid',
    gridTemplateColumns: 'max-content minmax(0, 1fr)',
    columnGap: '16px',
    rowGap: '4px',
    margin: 0,
    '@media (max-width: 480px)': { gridTemplateColumns: 'minmax(0, 1fr)' }
  },
  term: { color: tokens.colorNeutralForeground3 },
  fact: { margin: 0, overflowWrap: 'anywhere' },
  mono: { fontFamily: tokens.fontFamilyMonospace },
  line: { margin: 0 }
})

/** What each file is to a person; others are called by their name. */
const titles: Readonly<Record<string, string>> = {
  'wizard.db': 'imports and audit log',
  logs: 'logs',
  window: 'the window’s own memory',
  updates: 'checked updates',
  'practice-fleet.json': 'the practice fleet',
  Crashpad: 'the browser engine’s own memory'
}

function passwordWords({ unproved, inUse }: Kept): string {
  if (unproved + inUse === 0) return 'No password of a computer that was taken over.'
  const parts = [
    ...(inUse > 0 ? [`passwords of ${counted(inUse, 'computer')} in use`] : []),
    ...(unproved > 0 ? [`new passwords of ${counted(unproved, 'computer')} that no login has proved yet`] : [])
  ]
  return `Among them ${parts.join(', and ')}.`
}

export function KeptCard({ kept }: { readonly kept: Kept }) {
  const styles = useStyles()
  const [removing, setRemoving] = useState(false)
  const { folder, files, entries } = kept
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0)
  const facts: readonly (readonly [string, string])[] = [
    [
      'Files',
      `${size(bytes)}: ${files.map((file) => `${titles[file.name] ?? file.name} ${size(file.bytes)}`).join(', ')}`
    ],
    ['Keychain', entries === null ? 'It does not answer now.' : counted(entries, 'entry', 'entries')],
    ['Passwords', passwordWords(kept)]
  ]
  return (
    <Card title="What is kept on this computer">
      <dl className={styles.facts} data-kept>
        <dt className={styles.term}>Folder</dt>
        <dd className={`${styles.fact} ${styles.mono}`}>{folder}</dd>
        {facts.map(([term, text]) => (
          <div key={term} style={{ display: 'contents' }}>
            <dt className={styles.term}>{term}</dt>
            <dd className={styles.fact}>{text}</dd>
          </div>
        ))}
      </dl>
      <p className={styles.line}>
        Uninstalling the program leaves all of this as it is, unless you ask for its removal.
      </p>
      <div>
        <Button icon={<DeleteRegular />} onClick={() => setRemoving(true)}>
          Remove everything…
        </Button>
      </div>
      {removing && <RemoveDialog kept={kept} onEnd={() => setRemoving(false)} />}
    </Card>
  )
}
