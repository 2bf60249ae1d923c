// Who this laptop is to others: its name, the fingerprint to compare, and the address that packs are locked to.
import { Button, Field, Input, makeStyles, tokens } from '@fluentui/react-components'
import { CopyRegular } from '@fluentui/react-icons'
import { useState } from 'react'
import type { PacksView } from '../../../shared/contract/packs.ts'
import { asked } from '../../bridge.ts'
import { useNotice } from '../../noticeStore.ts'
import { usePacks } from '../../packStore.ts'
import { Card } from '../Card.tsx'
import { ProblemWords } from '../ProblemStrip.tsx'

const useStyles = makeStyles({
  row: { display: 'flex', flexWrap: 'wrap', gap: '8px 12px', alignItems: 'end' },
  name: { flexGrow: 1, minWidth: '180px', maxWidth: '360px' },
  mono: { fontFamily: tokens.fontFamilyMonospace, overflowWrap: 'anywhere' }
})

export function InstallationCard({ installation, problem }: Pick<PacksView, 'installation' | 'problem'>) {
  const styles = useStyles()
  const [name, setName] = useState<string>()
  const rename = async (): Promise<void> => {
    if (name === undefined || name.trim() === '' || name.trim() === installation?.name) return
    await asked('installation.rename', { name: name.trim() })
    await usePacks.getState().read()
  }
  if (installation === null) {
    return (
      <Card title="This laptop">
        {problem !== null && <ProblemWords problem={problem} />}
        {problem?.code === 'pack-key-gone' && (
          <div>
            <Button onClick={() => void asked('installation.renew', {}).then(() => usePacks.getState().read())}>
              Make a new key
            </Button>
          </div>
        )}
      </Card>
    )
  }
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(installation.address)
    useNotice.getState().say('The address was copied.')
  }
  return (
    <Card title="This laptop">
      <div className={styles.row}>
        <Field className={styles.name} label="Its name in packs">
          <Input
            value={name ?? installation.name}
            maxLength={60}
            onChange={(_, { value }) => setName(value)}
            onBlur={() => void rename()}
            onKeyDown={(event) => event.key === 'Enter' && void rename()}
          />
        </Field>
        <Button icon={<CopyRegular />} onClick={() => void copy()}>
          Copy its address
        </Button>
      </div>
      <div>
        Fingerprint <span className={styles.mono}>{installation.fingerprint}</span>
      </div>
    </Card>
  )
}
