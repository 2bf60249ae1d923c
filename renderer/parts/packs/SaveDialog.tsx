// What goes into a pack and how it is locked: drafts on their way out, or imports on their way back.
import { Button, Checkbox, Field, makeStyles, Radio, RadioGroup, Textarea, tokens } from '@fluentui/react-components'
import { useState } from 'react'
import type { PackLock } from '../../../shared/contract/packs.ts'
import { Modal } from '../Modal.tsx'
import { fits, PassphraseFields } from './PassphraseFields.tsx'

const useStyles = makeStyles({
  body: { display: 'flex', flexDirection: 'column', gap: '12px' },
  list: { border: 'none', margin: 0, padding: 0, display: 'flex', flexDirection: 'column', minWidth: 0 },
  legend: { padding: 0, fontWeight: tokens.fontWeightSemibold },
  item: { overflowWrap: 'anywhere' }
})

export interface Choosable {
  readonly id: string
  /** "site.csv, 214 computers" */
  readonly words: string
}

type LockBy = 'sender' | 'passphrase' | 'address'

const lockWords: Readonly<Record<LockBy, string>> = {
  sender: 'Only the laptop that the plan came from',
  passphrase: 'Whoever knows a passphrase',
  address: 'Only one other laptop, by its address'
}

interface SaveProps {
  readonly title: string
  /** "Drafts in the pack" */
  readonly legend: string
  readonly choices: readonly Choosable[]
  /** Whether secrets may be left out, and the plan's own laptop is known. */
  readonly back: boolean
  onSave(ids: readonly string[], secrets: boolean, lock: PackLock | { readonly by: 'sender' }): Promise<void>
  onCancel(): void
}

export function SaveDialog({ title, legend, choices, back, onSave, onCancel }: SaveProps) {
  const styles = useStyles()
  const [chosen, setChosen] = useState<readonly string[]>(choices.map(({ id }) => id))
  const [secrets, setSecrets] = useState(true)
  const [by, setBy] = useState<LockBy>(back ? 'sender' : 'passphrase')
  const [typed, setTyped] = useState({ first: '', second: '' })
  const [address, setAddress] = useState('')
  const [busy, setBusy] = useState(false)
  const locked = by === 'sender' || (by === 'passphrase' ? fits(typed.first, typed.second) : address.trim() !== '')
  const save = async (): Promise<void> => {
    if (!locked || chosen.length === 0 || busy) return
    setBusy(true)
    const lock =
      by === 'passphrase' ? { by, passphrase: typed.first } : by === 'address' ? { by, address } : ({ by } as const)
    await onSave(chosen, secrets, lock)
    setBusy(false)
  }
  return (
    <Modal
      title={title}
      onCancel={onCancel}
      onSubmit={() => void save()}
      actions={
        <>
          <Button type="button" onClick={onCancel}>
            Cancel
          </Button>
          <Button type="submit" appearance="primary" disabled={!locked || chosen.length === 0 || busy}>
            {busy ? 'Locking the pack' : 'Save'}
          </Button>
        </>
      }
    >
      <div className={styles.body}>
        <fieldset className={styles.list}>
          <legend className={styles.legend}>{legend}</legend>
          {choices.map(({ id, words }) => (
            <Checkbox
              key={id}
              className={styles.item}
              label={words}
              checked={chosen.includes(id)}
              onChange={(_, { checked }) =>
                setChosen(checked === true ? [...chosen, id] : chosen.filter((other) => other !== id))
              }
            />
          ))}
        </fieldset>
        {!back && (
          <Checkbox
            label="With the passwords and keys the plans need. Without them they are typed anew on the other laptop."
            checked={secrets}
            onChange={(_, { checked }) => setSecrets(checked === true)}
          />
        )}
        <Field label="Who can open it">
          <RadioGroup value={by} onChange={(_, { value }) => setBy(value as LockBy)}>
            {(back ? (['sender', 'passphrase', 'address'] as const) : (['passphrase', 'address'] as const)).map(
              (one) => (
                <Radio key={one} value={one} label={lockWords[one]} />
              )
            )}
          </RadioGroup>
        </Field>
        {by === 'passphrase' && (
          <PassphraseFields {...typed} onChange={(first, second) => setTyped({ first, second })} />
        )}
        {by === 'address' && (
          <Field label="Address of the other laptop" required hint="It is on its page of site packs: amtpack1:…">
            <Textarea value={address} maxLength={2000} onChange={(_, { value }) => setAddress(value)} />
          </Field>
        )}
      </div>
    </Modal>
  )
}
