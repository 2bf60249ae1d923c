@echo off
rem The command line of the packaged program. In a batch file Windows waits for it and hands its exit code on.
"%~dp0AMT Migration Wizard.exe" --cli %*
exit /b %ERRORLEVEL%
