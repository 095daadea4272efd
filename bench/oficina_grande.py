"""Una oficina con cuantos expedientes haga falta, sin dar cien mil veces la orden.

Los modelos se hacen con las operaciones de verdad, en una oficina chica, hasta cada paso;
los demás son copias suyas con otro folio, otra persona y otra semana, y su cadena de huellas
recalculada. De cada caso se escribe su última revisión y la copia que se ve, sin esperar al
disco y en carpetas nuevas.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

from expediente.almacen.carpetas import FICHERO, carpeta_de
from expediente.almacen.casos import texto_del_caso
from expediente.almacen.oficina import crear_oficina
from expediente.almacen.reglas import guardar_version, procedimiento_vigente
from expediente.nucleo.avance import Peticion
from expediente.nucleo.caso import Actuacion, encadenar
from expediente.nucleo.folio import Folio
from expediente.nucleo.repaso import repasar
from expediente.operaciones.abrir import Solicitud, abrir
from expediente.operaciones.asunto import caso_escrito, tomar
from expediente.operaciones.avanzar import avanzar
from expediente.operaciones.reparto import repartir
from expediente.operaciones.ventanilla import Ventanilla, sentarse

LUNES = datetime(2026, 1, 5, 9, 30)
SEMANAS = 46  # de la primera de enero a la de «hoy», la 47
AHORA = datetime(2026, 11, 22, 18, 0)
VIAJE = {
    "beneficiario.nombres": "Ofelia",
    "beneficiario.primer_apellido": "Muñiz",
    "domicilio.calle": "Privada del Membrillo",
    "domicilio.numero": "14",
    "domicilio.colonia": "La Cigüeña",
    "origen": "San Jerónimo de los Ríos",
    "destino": "Torreón",
    "tipo_viaje": "redondo",
    "fecha_viaje": "2026-12-01",
    "institucion_salud": "Hospital General de Torreón",
    "motivo": "consulta",
}
QUEJA = {
    "usuario.nombres": "Ofelia",
    "usuario.primer_apellido": "Muñiz",
    "usuario.telefono": "8711550199",
    "medio_respuesta": "escrito",
    "clase": "queja",
    "tema": "atencion",
    "hechos": "Esperó dos horas en la ventanilla y nadie le dijo por qué.",
    "contra_servidor": "no",
}
REQUISITOS = ("identificacion", "comprobante_domicilio", "carnet")
NOMBRES = ("Ana", "Beatriz", "Ciro", "Delia", "Efrén", "Fátima", "Gil", "Hilda", "Íñigo", "Julia")
APELLIDOS = ("Muñiz", "Treviño", "Ibarra", "Güemes", "Peña", "Ochoa", "Zúñiga", "Luna", "Rocha")


@dataclass(frozen=True)
class Modelo:
    """Un caso hasta cierto paso, del que se hacen copias."""

    procedimiento: str
    prefijo: str
    actuaciones: tuple[Actuacion, ...]


def poner_oficina(raiz: Path, cuantos: int) -> Path:
    """Una oficina en `raiz` con tantos expedientes; nueve de cada diez, terminados."""
    crear_oficina(raiz, de_prueba=True)
    v = sentarse(raiz, LUNES, "recepcion")
    modelos = _modelos(raiz.parent / f"{raiz.name}-modelos")
    for modelo in modelos:
        guardar_version(raiz, *procedimiento_vigente(raiz, modelo.procedimiento))
    for _ in repartir(partial(_copiar, v, modelos), range(cuantos)):
        pass
    return raiz


def _modelos(raiz: Path) -> list[Modelo]:
    crear_oficina(raiz, de_prueba=True)
    directora = sentarse(raiz, LUNES, "recepcion").oficina.persona("directora")
    del_viaje = [
        Peticion("registrar"),
        Peticion("reunir-requisitos", requisitos=REQUISITOS),
        Peticion("elaborar"),
        Peticion("autorizar", "autoriza", por=directora),
        Peticion("entregar"),
        Peticion("orientar"),
        Peticion("archivar"),
    ]  # fmt: skip
    de_la_queja = [
        Peticion(datos={"area": "gestion_social"}),
        Peticion(datos={"informe_area": "Faltó personal."}),
        Peticion(datos={"respuesta": "Se abrió otra ventanilla."}),
        Peticion(resultado="entregada", recibe="Íñigo Muñiz"),
        Peticion(),
    ]
    return [
        *_hasta_cada_paso(raiz, "estrella-blanca", VIAJE, del_viaje),
        *_hasta_cada_paso(raiz, "queja", QUEJA, de_la_queja),
    ]


def _hasta_cada_paso(
    raiz: Path, clave: str, datos: dict[str, str], peticiones: Sequence[Peticion]
) -> Iterator[Modelo]:
    """Un modelo por cada paso en que el caso puede estar; el último, terminado."""
    for pasos in range(len(peticiones) + 1):
        v = sentarse(raiz, LUNES, "recepcion")
        folio = abrir(v, Solicitud(clave, datos)).folio
        for n, peticion in enumerate(peticiones[:pasos], start=1):
            despues = replace(v, ahora=v.ahora + timedelta(days=n // 2, hours=n))
            avanzar(despues, folio, peticion)
        asunto = tomar(v, folio)
        yield Modelo(clave, asunto.procedimiento.prefijo, asunto.actuaciones)


def _copiar(v: Ventanilla, modelos: Sequence[Modelo], numero: int) -> None:
    """Escribe el expediente que hace ese número, siempre el mismo para el mismo número."""
    azar = random.Random(numero)
    terminados = [m for m, sigue in zip(modelos, [*modelos[1:], None], strict=True)
                  if sigue is None or sigue.procedimiento != m.procedimiento]  # fmt: skip
    modelo = azar.choice(terminados if azar.random() < 0.9 else modelos)
    semanas = timedelta(weeks=azar.randrange(SEMANAS))
    folio = Folio(modelo.prefijo, 2026, numero + 1)
    actuaciones = encadenar(
        str(folio), (), *(_trasladar(a, semanas, azar) for a in modelo.actuaciones)
    )
    p, _ = procedimiento_vigente(v.raiz, modelo.procedimiento)
    estado = repasar(p, actuaciones)
    caso = caso_escrito(v, p, str(folio), len(actuaciones), actuaciones, estado)
    _escribir(carpeta_de(v.raiz, folio), caso.revision, texto_del_caso(caso).encode())


def _trasladar(a: Actuacion, semanas: timedelta, azar: random.Random) -> Actuacion:
    datos = dict(a.datos)
    for clave in datos:
        if clave.endswith(".nombres"):
            datos[clave] = azar.choice(NOMBRES)
        elif clave.endswith(".primer_apellido"):
            datos[clave] = azar.choice(APELLIDOS)
    return replace(a, ocurrio=a.ocurrio + semanas, capturado=a.capturado + semanas, datos=datos)


def _escribir(carpeta: Path, revision: int, crudo: bytes) -> None:
    vigente = carpeta / ".revisiones" / f"{revision:06d}"
    vigente.mkdir(parents=True)
    (vigente / FICHERO).write_bytes(crudo)
    (carpeta / FICHERO).write_bytes(crudo)
