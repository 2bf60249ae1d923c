// Ready and named profiles: choose one to begin with, save what was made of it, give it away, take one from a file.
import { Button, Field, Input, makeStyles, Radio, RadioGroup, tokens } from '@fluentui/react-components'
import { useEffect, useState } from 'react'
import { presetOf, presets } from '../../../shared/profile/presets.ts'
import type { NamedProfile, Profile } from '../../../shared/profile.ts'
import { asked } from '../../bridge.ts'
import { askDraft, useDraft } from '../../draftStore.ts'
import { useNotice } from '../../noticeStore.ts'
import { dateTime } from '../../words.ts'
import { Card } from '../Card.tsx'
import { Modal } from '../Modal.tsx'
import { useProfile } from './useProfile.ts'

const useStyles = makeStyles({
  hint: { display: 'block', color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200 },
  title: { color: tokens.colorNeutralForeground1 },
  buttons: { display: 'flex', flexWrap: 'wrap', gap: '8px' },
  line: { margin: 0, color: tokens.colorNeutralForeground2 }
})

const comparable = ({ origin: _origin, ...profile }: Profile): string =>
  JSON.stringify(profile, (key: string, value: unknown) => (key === 'slot' ? undefined : value))

/** Which entry the profile is, to the letter but for its passwords; '' once something was changed. */
function chosenOf(profile: Profile, named: readonly NamedProfile[]): string {
  const mine = named.find(
    ({ id, profile: saved }) => id === profile.origin?.id && comparable(saved) === comparable(profile)
  )
  return mine?.id ?? (profile.origin === null ? (presetOf(profile)?.id ?? '') : '')
}

interface NameDialogProps {
  readonly proposed: string
  onName(name: string): void
  onCancel(): void
}

function NameDialog({ proposed, onName, onCancel }: NameDialogProps) {
  const [name, setName] = useState(proposed)
  const fits = name.trim() !== ''
  return (
    <Modal
      title="Save the profile under a name"
      onCancel={onCancel}
      onSubmit={() => fits && onName(name.trim())}
      actions={
        <>
          <Button type="button" onClick={onCancel}>
            Cancel
          </Button>
          <Button type="submit" appearance="primary" disabled={!fits}>
            Save
          </Button>
        </>
      }
    >
      <Field label="Name" hint="Passwords are not saved with it: they are typed anew for each import.">
        <Input value={name} maxLength={100} autoFocus onChange={(_, data) => setName(data.value)} />
      </Field>
    </Modal>
  )
}

export function ProfilePicker() {
  const styles = useStyles()
  const { draftId, profile, set } = useProfile()
  const [named, setNamed] = useState<readonly NamedProfile[]>([])
  const [naming, setNaming] = useState(false)
  const read = async (): Promise<void> => {
    const answer = await asked('profiles.read', {})
    if (answer !== undefined) setNamed(answer.profiles)
  }
  // biome-ignore lint/correctness/useExhaustiveDependencies: read once when the page is drawn
  useEffect(() => void read(), [])
  const chosen = chosenOf(profile, named)
  const own = named.find(({ id }) => id === profile.origin?.id)
  const choose = (id: string): void => {
    const preset = presets.find((each) => each.id === id)
    const saved = named.find((each) => each.id === id)
    if (preset) set(preset.profile)
    else if (saved) set({ ...saved.profile, origin: { id, name: saved.name, version: saved.version } })
  }
  const save = async (profileId: string | null, name: string): Promise<void> => {
    setNaming(false)
    await useDraft.getState().flush()
    const answer = await asked('profile.save', { draftId, profileId, name })
    if (answer === undefined) return
    useDraft.getState().take(answer.draft)
    useNotice.getState().say(`Saved as ${answer.saved.name}, version ${answer.saved.version}.`)
    await read()
  }
  const remove = async (id: string): Promise<void> => {
    if ((await asked('profile.delete', { profileId: id })) === undefined) return
    set({ origin: null })
    await read()
  }
  const give = async (): Promise<void> => {
    await useDraft.getState().flush()
    const answer = await asked('profile.export', { draftId })
    if (answer) useNotice.getState().say(`Saved as ${answer.file}.`)
  }
  return (
    <Card title="Profile">
      <RadioGroup value={chosen} aria-label="Profile" onChange={(_, data) => choose(data.value)}>
        {presets.map(({ id, title, about }) => (
          <Radio
            key={id}
            value={id}
            label={
              <>
                <span className={styles.title}>{title}</span>
                <span className={styles.hint}>{about}</span>
              </>
            }
          />
        ))}
        {named.map(({ id, name, version, savedAt }) => (
          <Radio
            key={id}
            value={id}
            label={
              <>
                <span className={styles.title}>{name}</span>
                <span className={styles.hint}>
                  Version {version}, saved {dateTime(savedAt)}
                </span>
              </>
            }
          />
        ))}
      </RadioGroup>
      {chosen === '' && (
        <p className={styles.line}>
          {own === undefined
            ? 'Your own choice, not saved under a name.'
            : `Changed since ${own.name}, version ${own.version}.`}
        </p>
      )}
      <div className={styles.buttons}>
        {own !== undefined && chosen === '' && (
          <Button onClick={() => void save(own.id, own.name)}>Save as version {own.version + 1}</Button>
        )}
        <Button onClick={() => setNaming(true)}>{own === undefined ? 'Save under a name' : 'Duplicate'}</Button>
        <Button onClick={() => void give()}>Export</Button>
        <Button onClick={() => void askDraft('profile.import', { draftId })}>Import</Button>
        {own !== undefined && (
          <Button appearance="subtle" aria-label={`Delete ${own.name}`} onClick={() => void remove(own.id)}>
            Delete
          </Button>
        )}
      </div>
      {naming && (
        <NameDialog
          proposed={own === undefined ? '' : `${own.name} (copy)`}
          onName={(name) => void save(null, name)}
          onCancel={() => setNaming(false)}
        />
      )}
    </Card>
  )
}
