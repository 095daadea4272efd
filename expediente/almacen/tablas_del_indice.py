"""Las tablas del índice. Si cambian, cambia ESQUEMA, y los índices de antes se tiran.

`casos` dice con qué firma se leyó cada uno, y `copias` y `tramos` lo que salió de él;
`marcas` y `anunciadas`, hasta dónde se leyó lo que otros anuncian. De un *tema* (un
procedimiento o un informe), `abiertos` y `dias` son su movimiento y `renglones` lo que cada
caso le aporta, por `perfiles`. Los días se cuentan desde el año 1.
"""

ESQUEMA = "1"
# El día de lo que no ha terminado: después de todos.
ABIERTO = 9_999_999
TABLAS = """
CREATE TABLE ajustes (clave TEXT PRIMARY KEY, dice TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE casos (
    id INTEGER PRIMARY KEY, folio TEXT NOT NULL UNIQUE, orden TEXT NOT NULL,
    revision INTEGER NOT NULL, firma TEXT NOT NULL, procedimiento TEXT, version TEXT,
    reglas TEXT NOT NULL, contenido TEXT NOT NULL, capturado REAL NOT NULL,
    primero INTEGER NOT NULL, ultimo INTEGER NOT NULL, problema TEXT);
CREATE INDEX casos_vivos ON casos (procedimiento, ultimo, primero);
CREATE INDEX casos_capturados ON casos (capturado);
CREATE INDEX casos_con_problema ON casos (procedimiento) WHERE problema IS NOT NULL;
CREATE INDEX casos_por_reglas ON casos (procedimiento, version, reglas);
CREATE TABLE copias (caso INTEGER PRIMARY KEY, copia BLOB NOT NULL);
CREATE TABLE tramos (caso INTEGER PRIMARY KEY, tramos BLOB NOT NULL);
CREATE TABLE marcas (numero INTEGER PRIMARY KEY, nombres TEXT NOT NULL, con_sucesora REAL);
CREATE TABLE anunciadas (folio TEXT PRIMARY KEY, revision INTEGER NOT NULL, desde REAL NOT NULL)
    WITHOUT ROWID;
CREATE TABLE temas (id INTEGER PRIMARY KEY, nombre TEXT NOT NULL UNIQUE, huella TEXT NOT NULL,
    dice TEXT NOT NULL);
CREATE TABLE abiertos (tema INTEGER, hasta INTEGER, desde INTEGER, caso INTEGER,
    PRIMARY KEY (tema, hasta, desde, caso)) WITHOUT ROWID;
CREATE TABLE dias (tema INTEGER, dia INTEGER, caso INTEGER, lugar INTEGER, clave TEXT, cuanto,
    PRIMARY KEY (tema, dia, caso, lugar)) WITHOUT ROWID;
CREATE TABLE perfiles (id INTEGER PRIMARY KEY, tema INTEGER, dice TEXT, UNIQUE (tema, dice));
CREATE TABLE renglones (tema INTEGER, ultimo INTEGER, caso INTEGER, lugar INTEGER,
    desde INTEGER, hasta INTEGER, cerrado INTEGER, emitido INTEGER, anulado INTEGER, vence REAL,
    perfil INTEGER, perfil_vencido INTEGER, aviso INTEGER,
    PRIMARY KEY (tema, ultimo, caso, lugar)) WITHOUT ROWID;
CREATE INDEX abiertos_del_caso ON abiertos (caso);
CREATE INDEX dias_del_caso ON dias (caso);
CREATE INDEX renglones_del_caso ON renglones (caso);
"""
