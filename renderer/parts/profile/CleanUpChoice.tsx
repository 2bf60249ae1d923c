// What becomes of the old manager's settings; for the choice at hand, what it keeps and what it loses.
import { Checkbox, makeStyles, Radio, RadioGroup, tokens } from '@fluentui/react-components'
import { cleanUpWords, cleanUpWordsOf } from '../../../shared/profile/cleanUp.ts'
import { type CleanUp, cleanUpSchema } from '../../../shared/profile.ts'
import { Card } from '../Card.tsx'
import { useProfile } from './useProfile.ts'

const useStyles = makeStyles({
  words: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(220px, 1fr))',
    gap: '8px 24px',
    padding: '10px 12px',
    borderRadius: tokens.borderRadiusMedium,
    backgroundColor: tokens.colorNeutralBackground2
  },
  heading: { margin: '0 0 2px', fontSize: tokens.fontSizeBase300, fontWeight: tokens.fontWeightSemibold },
  title: { color: tokens.colorNeutralForeground1 },
  list: { margin: 0, paddingLeft: '18px', lineHeight: tokens.lineHeightBase300 },
  line: { margin: 0, lineHeight: tokens.lineHeightBase300 }
})

function List({ title, texts }: { readonly title: string; readonly texts: readonly string[] }) {
  const styles = useStyles()
  return (
    <div>
      <h3 className={styles.heading}>{title}</h3>
      <ul className={styles.list}>
        {texts.map((text) => (
          <li key={text}>{text}</li>
        ))}
      </ul>
    </div>
  )
}

export function CleanUpChoice() {
  const styles = useStyles()
  const { profile, set } = useProfile()
  const { keeps, loses, after } = cleanUpWordsOf(profile)
  return (
    <Card title="What becomes of the old manager’s settings">
      <RadioGroup
        aria-label="What becomes of the old manager’s settings"
        value={profile.cleanUp}
        onChange={(_, data) => set({ cleanUp: data.value as CleanUp })}
      >
        {cleanUpSchema.options.map((kind) => (
          <Radio key={kind} value={kind} label={<span className={styles.title}>{cleanUpWords[kind].title}</span>} />
        ))}
      </RadioGroup>
      {profile.cleanUp === 'clear' && (
        <Checkbox
          label="Also remove certificate hashes that were added by hand"
          checked={profile.hashes === 'remove'}
          onChange={(_, data) => set({ hashes: data.checked === true ? 'remove' : 'keep' })}
        />
      )}
      <div className={styles.words} aria-live="polite" data-clean-up={profile.cleanUp}>
        <List title="It keeps" texts={keeps} />
        <List title="It loses" texts={loses} />
      </div>
      <p className={styles.line}>{after}</p>
    </Card>
  )
}
