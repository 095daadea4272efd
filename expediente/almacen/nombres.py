"""Cómo se llaman las carpetas y ficheros de una oficina; aparte, para saberlos sin cargar nada."""

CASOS = "expedientes"
FICHERO = "expediente.yaml"
REVISIONES = ".revisiones"
