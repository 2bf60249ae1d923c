// Settings: updates, and what is kept on this computer.
import { Button, makeStyles, Spinner } from '@fluentui/react-components'
import { ArrowLeftRegular } from '@fluentui/react-icons'
import { useEffect } from 'react'
import { KeptCard } from '../parts/settings/KeptCard.tsx'
import { UpdatesCard } from '../parts/settings/UpdatesCard.tsx'
import { Title } from '../parts/Title.tsx'
import { usePlace } from '../placeStore.ts'
import { useSettings } from '../settingsStore.ts'

const useStyles = makeStyles({
  page: { display: 'flex', flexDirection: 'column', gap: '14px', width: '100%', maxWidth: '960px', margin: '0 auto' }
})

export function SettingsPage() {
  const styles = useStyles()
  const { updates, kept } = useSettings()
  useEffect(() => void useSettings.getState().read(), [])
  return (
    <div className={styles.page}>
      <Title intro="Where new versions come from, and what this program keeps on this computer.">Settings</Title>
      <div>
        <Button icon={<ArrowLeftRegular />} onClick={() => usePlace.getState().goBack()}>
          Back
        </Button>
      </div>
      {updates === null ? <Spinner label="Reading the settings" /> : <UpdatesCard updates={updates} />}
      {kept === null ? <Spinner label="Reading what is kept" /> : <KeptCard kept={kept} />}
    </div>
  )
}
