// Passwords that leave the keychain on purpose: warned of, encrypted with a passphrase, agreed to with a typed word.
import { Button, Field, Input, makeStyles } from '@fluentui/react-components'
import { KeyMultipleRegular } from '@fluentui/react-icons'
import { useState } from 'react'
import type { Import } from '../../shared/contract/views.ts'
import { asked } from '../bridge.ts'
import { useNotice } from '../noticeStore.ts'
import { counted } from '../words.ts'
import { Modal } from './Modal.tsx'
import { SameAgain } from './SameAgain.tsx'

const useStyles = makeStyles({ fields: { display: 'flex', flexDirection: 'column', gap: '10px', marginTop: '12px' } })

const word = 'export'
const shortest = 12

function Asking({ importId, onEnd }: { readonly importId: string; onEnd(said: string): void }) {
  const styles = useStyles()
  const [passphrase, setPassphrase] = useState('')
  const [again, setAgain] = useState('')
  const [typed, setTyped] = useState('')
  const short = passphrase !== '' && passphrase.length < shortest
  const ready = passphrase.length >= shortest && again === passphrase && typed.trim() === word
  const save = async (): Promise<void> => {
    if (!ready) return
    const answer = await asked('secrets.export', { importId, passphrase, word })
    onEnd(answer ? `${counted(answer.count, 'password')} saved, encrypted, as ${answer.file}.` : '')
  }
  return (
    <Modal
      title="Export the passwords of these computers?"
      onCancel={() => onEnd('')}
      onSubmit={() => void save()}
      actions={
        <>
          <Button type="button" onClick={() => onEnd('')}>
            Cancel
          </Button>
          <Button type="submit" appearance="primary" disabled={!ready}>
            Save encrypted file
          </Button>
        </>
      }
    >
      Whoever has the file and its passphrase has every computer of this import. Nobody can bring back a forgotten
      passphrase. The file is opened on a terminal with “amt-migrate secret open”. The audit log says who exported it.
      <div className={styles.fields}>
        <Field
          label="Passphrase"
          required
          {...(short && { validationMessage: `At least ${shortest} characters; several words are best.` })}
        >
          <Input
            type="password"
            autoComplete="off"
            autoFocus
            value={passphrase}
            onChange={(_, d) => setPassphrase(d.value)}
          />
        </Field>
        <SameAgain first={passphrase} value={again} onChange={setAgain} />
        <Field label={`Type ${word} to agree`} required>
          <Input autoComplete="off" value={typed} onChange={(_, d) => setTyped(d.value)} />
        </Field>
      </div>
    </Modal>
  )
}

export function ExportPasswords({ current, onSaved }: { readonly current: Import; onSaved(said: string): void }) {
  const [asking, setAsking] = useState(false)
  const end = (said: string): void => {
    setAsking(false)
    if (said === '') return
    onSaved(said)
    useNotice.getState().say(said)
  }
  return (
    <>
      <Button appearance="subtle" icon={<KeyMultipleRegular />} onClick={() => setAsking(true)}>
        Export passwords
      </Button>
      {asking && <Asking importId={current.id} onEnd={end} />}
    </>
  )
}
