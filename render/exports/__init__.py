"""The film for editors: its cut as OpenTimelineIO, Final Cut Pro XML, EDL and Fountain, with takes and stems."""
