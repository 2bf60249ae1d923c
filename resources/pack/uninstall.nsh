; At removal the person is asked whether the data goes as well. An update, a silent removal and Enter keep it.
; The program itself removes it, through its own command line, because only it knows which keychain entries belong to the
; data: entries without the data that names their computers would be of no use to anybody. It refuses when passwords of
; computers are kept nowhere else; the person is told what to do.
!macro customUnInstall
  ${ifNot} ${isUpdated}
    MessageBox MB_YESNO|MB_ICONQUESTION "Keep your imports, audit log and settings of AMT Migration Wizard, and their passwords in the Windows Credential Manager?$\r$\n$\r$\nNo removes them for the user who is logged on now. This cannot be undone." /SD IDYES IDYES amtDataStays
      nsExec::ExecToLog '"$INSTDIR\${APP_EXECUTABLE_FILENAME}" --cli store remove --yes'
      Pop $0
      StrCmp $0 "0" amtDataStays
      MessageBox MB_OK|MB_ICONEXCLAMATION "Not everything was removed: the passwords of computers are kept nowhere else, the wizard is still open, a file is in use, or the Credential Manager does not answer.$\r$\n$\r$\nTo remove what stays, install the wizard again, export the passwords, and choose Remove everything in its settings." /SD IDOK
    amtDataStays:
  ${endIf}
!macroend
