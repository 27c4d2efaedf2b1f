"""The commands, one file each; each offers its click command under the name `command`."""
